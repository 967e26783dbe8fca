import { workOnCase, type WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey, shareRecord } from '../platform/operation/record-keys.ts'
import { combinedFacts, combinedIdentity } from './combine.ts'
import { linkPolicy } from './policy.ts'
import { knownToDiffer, otherTeams } from './problems.ts'
import { findPersonLocked, type PersonContents, type PersonRow, revealPersons, updatePerson } from './repo.ts'
import { revealLinks } from './repo-links.ts'
import { countForeignCases, insertMerge, listLinksOf, markMerged, moveTies } from './repo-merges.ts'
import type { PersonMarks } from './schema.ts'
import type { NewMerge } from './schema-merges.ts'
import { putInCase } from './service.ts'
import { grantStanding } from './standing.ts'

type MergingAct = Act<'person.merge'>
type Merging = NewMerge & { readonly id: Id<'persons'> }
type Standing = Granted<'person.merge', PersonRow>

/** Makes one record of two. Whoever does it is on every team of both: nobody comes to read a record who did not before. */
export function mergePersons(op: Op<'person.merge'>, { id, merged_id, ...wish }: Merging) {
  return op.act(async (act) => {
    if (id === merged_id) throw new Problem(knownToDiffer)
    const [kept, merged] = await lockBoth(act, [id, merged_id])
    if ((await countForeignCases(act, [id, merged_id])) > 0) throw new Problem(otherTeams)
    const [mine, theirs] = [await opened(act, kept), await opened(act, merged)]
    if (saysOther(mine.marks, merged_id) || saysOther(theirs.marks, id)) throw new Problem(knownToDiffer)

    const { cases, added } = await joinCases(act, kept, merged)
    const ties = await moveTies(act, { from: merged_id, to: id })
    const values = {
      identity: wish.identity ?? combinedIdentity(mine.identity, theirs.identity),
      facts: wish.facts ?? combinedFacts(mine.facts, theirs.facts),
      marks: mine.marks,
    }
    await updatePerson(act, kept, { access: await renewRecordKey(act, kept), values, version: kept.version })
    await markMerged(act, merged_id, id)
    const facts = revealTo(mine.facts, (before) => ({
      before,
      version_after: kept.version + 1,
      links_added: added,
      ...ties,
    }))
    return keepHistory(act, { kept, merged, cases }, { identity: mine.identity, facts })
  })
}

/** In the order of their ids, so that no two merges wait for each other. */
async function lockBoth(act: MergingAct, [id, other]: [Id<'persons'>, Id<'persons'>]): Promise<[Standing, Standing]> {
  const rows = new Map<Id<'persons'>, PersonRow | undefined>()
  for (const one of [id, other].sort()) rows.set(one, await findPersonLocked(act, one))
  return [grantStanding(act, rows.get(id)), grantStanding(act, rows.get(other))]
}

async function opened(act: MergingAct, row: Standing): Promise<Required<PersonContents>> {
  const [person] = await revealPersons(act, [row])
  if (!person?.identity || !person.facts) throw new Problem(notFound)
  return { identity: person.identity, facts: person.facts, marks: person.marks }
}

const saysOther = (marks: Secret<PersonMarks> | null, id: Id<'persons'>): boolean =>
  marks !== null && consult(marks, ({ differs_from }) => differs_from.includes(id))

/** Puts the record that stays into the cases of the other, as what the other was there. */
async function joinCases(act: MergingAct, kept: Standing, merged: Standing) {
  const cases = new Map<Id<'cases'>, WorkingCase>()
  for (const { case_id } of await listLinksOf(act, kept.id))
    cases.set(case_id, await workOnCase(act, case_id, { evenAtRest: true }))
  const added: Id<'case_persons'>[] = []
  for (const link of await listLinksOf(act, merged.id)) {
    if (cases.has(link.case_id)) continue
    const found = await workOnCase(act, link.case_id, { evenAtRest: true })
    cases.set(link.case_id, found)
    const [role] = await revealLinks(act, [linkPolicy(found).grant(act, link)])
    if (!role?.facts) throw new Problem(notFound)
    const put = await putInCase(act, found, { person_id: kept.id, role: role.facts })
    if (put === undefined) continue
    await shareRecord(act, kept, [{ part: 'record', heldAs: found.held }])
    added.push(put.id)
  }
  return { cases: [...cases.values()], added }
}

type Both = { readonly kept: Standing; readonly merged: Standing; readonly cases: readonly WorkingCase[] }

async function keepHistory(
  act: MergingAct,
  { kept, merged, cases }: Both,
  values: Parameters<typeof insertMerge>[2]['values'],
) {
  const { organisation_id } = kept
  const merged_on = dayOf(act.services.now())
  const pair = { kept_id: kept.id, merged_id: merged.id }
  const row = { id: newId('person_merges'), ...pair, organisation_id, merged_by: act.actor.id, merged_on }
  const access = await createRecordKey(
    act,
    row,
    cases.map(({ held }) => ({ part: 'record', heldAs: held })),
  )
  await insertMerge(act, row, { access, values })
  return { ...row, undone_by: null, undone_on: null }
}
