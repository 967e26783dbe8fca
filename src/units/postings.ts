import { viewCase, workOnCase } from '../cases/service.ts'
import { openParties } from '../incidents/service.ts'
import { isPerpetratorIn } from '../persons/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { postingPolicy, reachedPostingPolicy, unitPolicy } from './policy.ts'
import { notAPerpetrator, registerFull } from './problems.ts'
import { findUnit } from './repo.ts'
import {
  deletePosting,
  findPosting,
  insertPosting,
  isFull,
  listPostings,
  listReachedPostings,
  POSTINGS_MOST,
  revealPostings,
} from './repo-postings.ts'
import type { NewPosting, PostingFacts } from './schema.ts'

type Recording = NewPosting & { readonly case_id: Id<'cases'> }

/** Says in which unit an alleged perpetrator of a case served. */
export function recordPosting(op: Op<'posting.record'>, { case_id, facts }: Recording) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    if ((await listPostings(act.db, case_id)).length >= POSTINGS_MOST) throw new Problem(registerFull)
    const said = consult(facts, whoAndWhere)
    unitPolicy.grant(act, await findUnit(act.db, said.unit_id))
    if (!(await isAccused(act, case_id, said))) throw new Problem(notAPerpetrator)

    const recorded_on = dayOf(act.services.now())
    const { organisation_id } = found
    const row = { id: newId('unit_postings'), case_id, organisation_id, recorded_by: act.actor.id, recorded_on }
    const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
    await insertPosting(act, row, { access, facts })
    return row
  })
}

async function isAccused(act: Act, caseId: Id<'cases'>, said: Where): Promise<boolean> {
  if (said.person_id !== undefined) return isPerpetratorIn(act, caseId, said.person_id)
  if (said.incident_id === undefined) return false
  const incident = await openParties(act, said.incident_id)
  return incident.case_id === caseId && incident.parties.some(({ ref, isAccused: is }) => ref === said.ref && is)
}

export function readPostings(op: Op<'posting.list'>, caseId: Id<'cases'>) {
  return op.act(async (act) => {
    const found = await viewCase(act, caseId)
    const rows = postingPolicy(found).grantEach(act, await listPostings(act.db, caseId))
    return { items: await revealPostings(act, rows) }
  })
}

type Ending = { readonly case_id: Id<'cases'>; readonly posting_id: Id<'unit_postings'> }

export function endPosting(op: Op<'posting.end'>, { case_id, posting_id }: Ending): Promise<void> {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    await deletePosting(act, postingPolicy(found).grant(act, await findPosting(act.db, posting_id)))
  })
}

type ServedParty = { readonly incident_id: Id<'incidents'>; readonly ref: string; readonly unit_ids: Id<'units'>[] }

/** A party of an incident by one name. */
export const partyName = (incident: Id<'incidents'>, ref: string): string => `${incident} ${ref}`

/** Who served where, by what the actor's cases say: persons by id, parties by `partyName`. */
export type Served = {
  readonly persons: ReadonlyMap<Id<'persons'>, readonly Id<'units'>[]>
  readonly parties: ReadonlyMap<string, ServedParty>
}

export async function openServed(
  act: Act<'unit.list_acts' | 'perpetrator.list' | 'perpetrator.list_reported'>,
): Promise<Served> {
  const served = { persons: new Map<Id<'persons'>, Id<'units'>[]>(), parties: new Map<string, ServedParty>() }
  let after: Id<'unit_postings'> | undefined
  for (;;) {
    const rows = await listReachedPostings(act, after)
    for (const { facts } of await revealPostings(act, reachedPostingPolicy.grantEach(act, rows)))
      if (facts !== null) put(served, consult(facts, whoAndWhere))
    after = rows.at(-1)?.id
    if (!isFull(rows)) return served
  }
}

type Filling = { readonly persons: Map<Id<'persons'>, Id<'units'>[]>; readonly parties: Map<string, ServedParty> }

function put({ persons, parties }: Filling, { unit_id, person_id, incident_id, ref }: Where): void {
  if (person_id !== undefined) persons.set(person_id, [...(persons.get(person_id) ?? []), unit_id])
  if (incident_id === undefined || ref === undefined) return
  const name = partyName(incident_id, ref)
  parties.set(name, { incident_id, ref, unit_ids: [...(parties.get(name)?.unit_ids ?? []), unit_id] })
}

type Where = ReturnType<typeof whoAndWhere>

const whoAndWhere = ({ unit_id, person_id, incident_id, ref }: PostingFacts) => ({
  unit_id,
  person_id,
  incident_id,
  ref,
})
