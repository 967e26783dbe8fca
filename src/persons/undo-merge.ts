import { workOnCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, revealTo } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { renewRecordKey, unshareRecords } from '../platform/operation/record-keys.ts'
import { mergePolicy, personPolicy } from './policy.ts'
import { changedSince, otherTeams } from './problems.ts'
import {
  findPerson,
  findPersonLocked,
  type PersonContents,
  type PersonRow,
  revealPersons,
  updatePerson,
} from './repo.ts'
import {
  countForeignCases,
  deleteAddedLinks,
  findMerge,
  listLinksOf,
  listMerges,
  markMerged,
  markUndone,
  type MergeRow,
  returnTies,
  revealMerge,
} from './repo-merges.ts'
import type { UndoneMerge } from './schema-merges.ts'
import { grantStanding } from './standing.ts'

type Undoing = UndoneMerge & { readonly id: Id<'persons'>; readonly merge_id: Id<'person_merges'> }

/** Two records again, as they were: each with its cases, relations and readers. */
export function undoMerge(op: Op<'person.undo_merge'>, { id, merge_id, ...wish }: Undoing): Promise<void> {
  return op.act(async (act) => {
    const kept = grantStanding(act, await findPersonLocked(act, id))
    const merge = mergePolicy(id).grant(act, await findMerge(act, merge_id))
    if (merge.undone_by !== null) throw new Problem(notFound)
    const { merged_id } = merge
    await findPersonLocked(act, merged_id)
    if ((await countForeignCases(act, [id, merged_id])) > 0) throw new Problem(otherTeams)

    const { did, before } = await openHistory(act, merge)
    const values = { ...valuesAfter(before, wish, did.version_after === kept.version), marks: await marksOf(act, kept) }
    const cases = await leaveCases(act, id, did.links_added)
    await returnTies(act, { from: id, to: merged_id }, { ...did, cases })
    await updatePerson(act, kept, { access: await renewRecordKey(act, kept), values, version: kept.version })
    await markMerged(act, merged_id, null)
    await markUndone(act, merge, dayOf(act.services.now()))
  })
}

async function openHistory(act: Act<'person.undo_merge'>, merge: Granted<'person.undo_merge', MergeRow>) {
  const { identity, facts } = await revealMerge(act, merge)
  if (!identity || !facts) throw new Problem(notFound)
  return {
    did: consult(facts, ({ before: _before, ...rest }) => rest),
    before: { identity, facts: revealTo(facts, ({ before }) => before) },
  }
}

/** What it said before; 409 changed-since when it was changed after the merge and the caller does not say what shall stand. */
function valuesAfter(before: PersonContents, { identity, facts }: UndoneMerge, isUnchanged: boolean): PersonContents {
  if (!isUnchanged && (identity === undefined || facts === undefined)) throw new Problem(changedSince)
  return { identity: identity ?? before.identity, facts: facts ?? before.facts }
}

async function marksOf(act: Act<'person.undo_merge'>, kept: Granted<'person.undo_merge', PersonRow>) {
  const [now] = await revealPersons(act, [kept])
  return now?.marks ?? null
}

/** Out of the cases that the merge put it into, and off their keys. */
async function leaveCases(act: Act<'person.undo_merge'>, id: Id<'persons'>, added: readonly string[]) {
  const links = (await listLinksOf(act, id)).filter((link) => added.includes(link.id))
  for (const { case_id } of links) {
    const { keyring_id } = await workOnCase(act, case_id, { evenAtRest: true })
    await unshareRecords(act, [id], keyring_id)
  }
  await deleteAddedLinks(
    act,
    links.map((link) => link.id),
  )
  return links.map(({ case_id }) => case_id)
}

/** What went into a person, and into what a person went. */
export function readMerges(op: Op<'person.list_merges'>, id: Id<'persons'>) {
  return op.act(async (act) => {
    personPolicy.grant(act, await findPerson(act, id))
    return { items: mergePolicy(id).grantEach(act, await listMerges(act, id)) }
  })
}
