import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import type { Entering } from './repo.ts'
import { PersonRole, RelationFacts } from './schema.ts'

export type LinkRow = Selectable<Tables['case_persons']>
export type RelationRow = Selectable<Tables['person_relations']>

/** Persons of one case: as many as are read at once. */
export const PERSONS_MOST = 500
export const RELATIONS_MOST = 1_000

const role = sealing('case_persons', { facts: column('facts', PersonRole) })
const relation = sealing('person_relations', { facts: column('facts', RelationFacts) })

type NewLink = Pick<LinkRow, 'id' | 'case_id' | 'person_id' | 'organisation_id' | 'linked_by' | 'linked_on'>

/** False when the person is in the case already. */
export async function insertLink(
  act: Act<Entering | 'person.link' | 'person.merge'>,
  row: NewLink,
  { access, facts }: { access: RecordAccess; facts: Secret<PersonRole> },
): Promise<boolean> {
  const sealed = role.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('case_persons')
    .values({ ...row, ...sealed })
    .onConflict((conflict) => conflict.columns(['case_id', 'person_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export function findLink(
  db: Reader,
  of: { case_id: Id<'cases'>; person_id: Id<'persons'> },
): Promise<LinkRow | undefined> {
  return db
    .selectFrom('case_persons')
    .selectAll()
    .where('case_id', '=', of.case_id)
    .where('person_id', '=', of.person_id)
    .executeTakeFirst()
}

export function listLinks(db: Reader, caseId: Id<'cases'>): Promise<LinkRow[]> {
  return db
    .selectFrom('case_persons')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('linked_on')
    .orderBy('id')
    .limit(PERSONS_MOST)
    .execute()
}

export async function countCasesOf(db: Reader, personId: Id<'persons'>): Promise<number> {
  const { count } = await db
    .selectFrom('case_persons')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function countInCase(
  db: Reader,
  table: 'case_persons' | 'person_relations',
  caseId: Id<'cases'>,
): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** With the relations that the person has in the case, the parties that it was, and the keys of them all. */
export async function deleteLink(act: Act<'person.unlink'>, link: Granted<'person.unlink', LinkRow>): Promise<void> {
  const { case_id, person_id } = link
  const relations = await act.db
    .deleteFrom('person_relations')
    .where('case_id', '=', case_id)
    .where(({ eb, or }) => or([eb('from_person_id', '=', person_id), eb('to_person_id', '=', person_id)]))
    .returning('id')
    .execute()
  const parties = await act.db
    .deleteFrom('incident_persons')
    .where('case_id', '=', case_id)
    .where('person_id', '=', person_id)
    .returning('id')
    .execute()
  const ids = [link.id, ...relations.map(({ id }) => id), ...parties.map(({ id }) => id)]
  await act.db.deleteFrom('record_keys').where('record_id', 'in', ids).execute()
  await act.db.deleteFrom('case_persons').where('id', '=', link.id).execute()
}

export async function revealLinks<R extends LinkRow>(act: Act, rows: readonly Granted<Action, R>[]) {
  return role.revealEach(act, rows)
}

/** `is_reached`: the asking user is on the team of the case. */
export type ReachedLink = LinkRow & { readonly is_reached: boolean }

/** The links of the actor's cases, the newest first. */
export function listReachedLinks(
  act: Act,
  slice: { readonly after: DayCursor | undefined; readonly limit: number },
): Promise<ReachedLink[]> {
  const links = act.db
    .selectFrom('case_persons')
    .innerJoin('case_members as seat', 'seat.case_id', 'case_persons.case_id')
    .selectAll('case_persons')
    .select(({ lit }) => lit(true).$castTo<boolean>().as('is_reached'))
    .where('seat.user_id', '=', act.actor.id)
    .where('organisation_id', '=', act.actor.organisationId)
  return newestFirst(links, 'linked_on', slice).execute()
}

type NewRelation = Omit<RelationRow, 'seal_version' | 'facts'>

export async function insertRelation(
  act: Act<'person.relate'>,
  row: NewRelation,
  { access, facts }: { access: RecordAccess; facts: Secret<RelationFacts> },
): Promise<void> {
  const sealed = relation.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('person_relations')
    .values({ ...row, ...sealed })
    .execute()
}

export function listRelations(db: Reader, caseId: Id<'cases'>): Promise<RelationRow[]> {
  return db
    .selectFrom('person_relations')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('id')
    .limit(RELATIONS_MOST)
    .execute()
}

export function findRelation(db: Reader, id: Id<'person_relations'>): Promise<RelationRow | undefined> {
  return db.selectFrom('person_relations').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function deleteRelation(
  act: Act<'person.end_relation'>,
  row: Granted<'person.end_relation', RelationRow>,
): Promise<void> {
  act.concerns('person_relations', row.id)
  await act.db.deleteFrom('record_keys').where('record_id', '=', row.id).execute()
  await act.db.deleteFrom('person_relations').where('id', '=', row.id).execute()
}

export function revealRelations(act: Act, rows: readonly Granted<Action, RelationRow>[]) {
  return relation.revealEach(act, rows)
}
