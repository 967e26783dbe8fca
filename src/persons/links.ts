import { viewCase, workOnCase, type WorkingCase } from '../cases/service.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey, shareRecord, unshareRecords } from '../platform/operation/record-keys.ts'
import { personsIn } from './in-case.ts'
import { linkPolicy, relationPolicy } from './policy.ts'
import { alreadyInCase, caseFull, lastCase } from './problems.ts'
import { findPersonLocked, revealPersons, updatePerson } from './repo.ts'
import {
  RELATIONS_MOST,
  countCasesOf,
  countInCase,
  deleteLink,
  deleteRelation,
  findLink,
  findRelation,
  insertRelation,
  listRelations,
  revealRelations,
} from './repo-links.ts'
import type { NewLink, NewRelation } from './schema.ts'
import { putInCase } from './service.ts'
import { grantStanding } from './standing.ts'

type OfCase<T> = T & { readonly case_id: Id<'cases'> }

/** Puts a person whom the actor can read into another case, whose team reads the record from then on. */
export function linkPerson(op: Op<'person.link'>, { case_id, person_id, role }: OfCase<NewLink>) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    const person = grantStanding(act, await findPersonLocked(act, person_id))
    const link = await putInCase(act, found, { person_id, role })
    if (link === undefined) throw new Problem(alreadyInCase)
    await shareRecord(act, person, [{ part: 'record', heldAs: found.held }])
    return link
  })
}

/** Takes a person out of a case. The record gets a new key, so that who read it there does not read what comes after. */
export function unlinkPerson(op: Op<'person.unlink'>, of: OfCase<{ person_id: Id<'persons'> }>): Promise<void> {
  return op.act(async (act) => {
    const found = await workOnCase(act, of.case_id)
    const person = grantStanding(act, await findPersonLocked(act, of.person_id))
    const link = linkPolicy(found).grant(act, await findLink(act.db, of))
    if ((await countCasesOf(act.db, person.id)) < 2) throw new Problem(lastCase)
    const [before] = await revealPersons(act, [person])
    if (!before?.identity || !before.facts) throw new Problem(notFound)

    await deleteLink(act, link)
    await unshareRecords(act, [person.id], found.keyring_id)
    const access = await renewRecordKey(act, person)
    const values = { identity: before.identity, facts: before.facts, marks: before.marks }
    await updatePerson(act, person, { access, values, version: person.version })
  })
}

/** Everybody in a case, with what they are in it. */
export function readCasePersons(op: Op<'person.list_of_case'>, caseId: Id<'cases'>) {
  return op.act(async (act) => ({ items: await personsIn(act, caseId) }))
}

/** Says how two persons of a case stand to each other. */
export function relatePersons(op: Op<'person.relate'>, { case_id, facts, ...pair }: OfCase<NewRelation>) {
  return op.act(async (act) => {
    const found = await workOnCase(act, case_id)
    if ((await countInCase(act.db, 'person_relations', case_id)) >= RELATIONS_MOST) throw new Problem(caseFull)
    await mustBeInCase(act, found, [pair.from_person_id, pair.to_person_id])
    const { organisation_id } = found
    const recorded_on = dayOf(act.services.now())
    const home = { id: newId('person_relations'), case_id, organisation_id }
    const row = { ...home, ...pair, recorded_by: act.actor.id, recorded_on }
    const access = await createRecordKey(act, row, [{ part: 'record', heldAs: found.held }])
    await insertRelation(act, row, { access, facts })
    return row
  })
}

async function mustBeInCase(act: Act<'person.relate'>, found: WorkingCase, ids: Id<'persons'>[]): Promise<void> {
  for (const person_id of ids) linkPolicy(found).grant(act, await findLink(act.db, { case_id: found.id, person_id }))
}

export function readRelations(op: Op<'person.list_relations'>, caseId: Id<'cases'>) {
  return op.act(async (act) => {
    const found = await viewCase(act, caseId)
    const rows = relationPolicy(found).grantEach(act, await listRelations(act.db, caseId))
    return { items: await revealRelations(act, rows) }
  })
}

export function endRelation(
  op: Op<'person.end_relation'>,
  of: OfCase<{ relation_id: Id<'person_relations'> }>,
): Promise<void> {
  return op.act(async (act) => {
    const found = await workOnCase(act, of.case_id)
    await deleteRelation(act, relationPolicy(found).grant(act, await findRelation(act.db, of.relation_id)))
  })
}
