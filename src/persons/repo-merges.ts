import { type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { openRecordKeys } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import type { LinkRow } from './repo-links.ts'
import { PersonIdentity } from './schema.ts'
import { MergeFacts } from './schema-merges.ts'

export type MergeRow = Selectable<Tables['person_merges']>
type Merging = Act<'person.merge' | 'person.undo_merge'>
type Pair = { readonly from: Id<'persons'>; readonly to: Id<'persons'> }
export type Ties = Pick<MergeFacts, 'relations_from' | 'relations_to' | 'parties'>

const contents = sealing('person_merges', {
  identity: column('identity', PersonIdentity),
  facts: column('facts', MergeFacts),
})

/** How many cases of these persons the actor is not on the team of. */
export async function countForeignCases(act: Merging, ids: readonly Id<'persons'>[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from case_persons l
     where l.person_id = any(${ids}::uuid[]) and not exists (
       select from case_members seat where seat.case_id = l.case_id and seat.user_id = ${act.actor.id})`.execute(act.db)
  return rows[0]?.count ?? 0
}

export function listLinksOf(act: Merging, id: Id<'persons'>): Promise<LinkRow[]> {
  return act.db.selectFrom('case_persons').selectAll().where('person_id', '=', id).orderBy('case_id').execute()
}

/** Gives the relations and the parties of one record to another, but for how the two stand to each other. */
export async function moveTies(act: Merging, { from, to }: Pair): Promise<Ties> {
  const ids = async (query: { execute(): Promise<{ id: string }[]> }) => (await query.execute()).map(({ id }) => id)
  const relations = () => act.db.updateTable('person_relations')
  return {
    relations_from: await ids(
      relations()
        .set({ from_person_id: to })
        .where('from_person_id', '=', from)
        .where('to_person_id', '<>', to)
        .returning('id'),
    ),
    relations_to: await ids(
      relations()
        .set({ to_person_id: to })
        .where('to_person_id', '=', from)
        .where('from_person_id', '<>', to)
        .returning('id'),
    ),
    parties: await ids(
      act.db.updateTable('incident_persons').set({ person_id: to }).where('person_id', '=', from).returning('id'),
    ),
  }
}

/** Gives them back; what came since in the cases that only the one record was in goes along. */
export async function returnTies(
  act: Merging,
  { from, to }: Pair,
  { cases, ...ties }: Ties & { cases: Id<'cases'>[] },
) {
  await sql`update person_relations set from_person_id = ${to} where from_person_id = ${from} and to_person_id <> ${to}
             and (id = any(${ties.relations_from}::uuid[]) or case_id = any(${cases}::uuid[]))`.execute(act.db)
  await sql`update person_relations set to_person_id = ${to} where to_person_id = ${from} and from_person_id <> ${to}
             and (id = any(${ties.relations_to}::uuid[]) or case_id = any(${cases}::uuid[]))`.execute(act.db)
  await sql`update incident_persons set person_id = ${to} where person_id = ${from}
             and (id = any(${ties.parties}::uuid[]) or case_id = any(${cases}::uuid[]))`.execute(act.db)
}

/** Takes back links that a merge made, with their keys. */
export async function deleteAddedLinks(act: Merging, ids: readonly string[]): Promise<void> {
  await sql`delete from record_keys where record_id = any(${ids}::uuid[])`.execute(act.db)
  await sql`delete from case_persons where id = any(${ids}::uuid[])`.execute(act.db)
}

/** The record has gone into another, or stands by itself again (null). */
export async function markMerged(act: Merging, id: Id<'persons'>, into: Id<'persons'> | null): Promise<void> {
  act.concerns('persons', id)
  await act.db
    .updateTable('persons')
    .set(({ eb }) => ({ merged_into: into, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

type Filling = {
  readonly access: RecordAccess
  readonly values: { readonly identity: Secret<PersonIdentity>; readonly facts: Secret<MergeFacts> }
}

export async function insertMerge(
  act: Act<'person.merge'>,
  row: Pick<MergeRow, 'id' | 'kept_id' | 'merged_id' | 'organisation_id' | 'merged_by' | 'merged_on'>,
  filling: Filling,
): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('person_merges')
    .values({ ...row, ...sealed })
    .execute()
}

/** In which a person stayed or went, the newest first. */
export function listMerges(act: Act, id: Id<'persons'>): Promise<MergeRow[]> {
  return act.db
    .selectFrom('person_merges')
    .selectAll()
    .where(({ eb, or }) => or([eb('kept_id', '=', id), eb('merged_id', '=', id)]))
    .orderBy('merged_on', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
}

export function findMerge(act: Act, id: Id<'person_merges'>): Promise<MergeRow | undefined> {
  return act.db.selectFrom('person_merges').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function markUndone(
  act: Act<'person.undo_merge'>,
  row: Granted<'person.undo_merge', MergeRow>,
  day: string,
): Promise<void> {
  act.concerns('person_merges', row.id)
  await act.db
    .updateTable('person_merges')
    .set({ undone_by: act.actor.id, undone_on: day })
    .where('id', '=', row.id)
    .execute()
}

export async function revealMerge(act: Act, row: Granted<'person.undo_merge', MergeRow>) {
  return contents.reveal(act, row, (await openRecordKeys(act, [row.id])).get(row.id))
}
