import type { Selectable } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { Count, ErasedRecord, RegisterEntry } from './schema.ts'
import type { Shredding } from './repo-shred.ts'
import type { Shredded } from './shred.ts'

/** Writes down what was destroyed. Files wait until their pieces are out of the store. */
export async function insertResult(
  act: Shredding,
  erasure_id: Id<'erasures'>,
  { rows, keys, records }: Shredded,
): Promise<void> {
  await act.db
    .updateTable('erasures')
    .set(({ eb }) => ({ keys_destroyed: eb('keys_destroyed', '+', keys), scoured_on: null }))
    .where('id', '=', erasure_id)
    .execute()
  for (const { table, rows: count } of rows)
    await act.db
      .insertInto('erasure_counts')
      .values({ erasure_id, table_name: table, rows: count })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  for (const { kind, record_id } of records)
    await act.db
      .insertInto('erasure_records')
      .values({ erasure_id, kind, record_id, is_waiting: kind === 'blobs' })
      .onConflict((conflict) =>
        conflict.columns(['erasure_id', 'record_id']).doUpdateSet({ is_waiting: kind === 'blobs' }),
      )
      .execute()
}

export async function listCounts(db: Reader, id: Id<'erasures'>): Promise<Count[]> {
  return db
    .selectFrom('erasure_counts')
    .select(['table_name as table', 'rows'])
    .where('erasure_id', '=', id)
    .orderBy('table_name')
    .execute()
}

export async function countFiles(db: Reader, id: Id<'erasures'>): Promise<{ files: number; files_waiting: number }> {
  const rows = await db
    .selectFrom('erasure_records')
    .select('is_waiting')
    .where('erasure_id', '=', id)
    .where('kind', '=', 'blobs')
    .execute()
  return { files: rows.length, files_waiting: rows.filter(({ is_waiting }) => is_waiting).length }
}

export async function listWaitingFiles(db: Reader): Promise<Id<string>[]> {
  const rows = await db.selectFrom('erasure_records').select('record_id').where('is_waiting', '=', true).execute()
  return rows.map(({ record_id }) => record_id)
}

export async function markRemoved(act: Act<'erasure.settle'>, blob: Id<string>): Promise<void> {
  await act.db.updateTable('erasure_records').set({ is_waiting: false }).where('record_id', '=', blob).execute()
}

type DoneRow = Selectable<Tables['erasures']>

/** What was erased, as lines of the register: of one organisation, or of all. */
export async function listDone(db: Reader, organisationId?: Id<'organisations'>): Promise<RegisterEntry[]> {
  const rows = await db
    .selectFrom('erasures')
    .selectAll()
    .where('status', '=', 'done')
    .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId ?? null))
    .orderBy('decided_on')
    .orderBy('id')
    .execute()
  const records = await db
    .selectFrom('erasure_records')
    .select(['erasure_id', 'kind', 'record_id'])
    .orderBy('record_id')
    .execute()
  const byErasure = new Map<string, ErasedRecord[]>()
  for (const { erasure_id, ...record } of records)
    byErasure.set(erasure_id, [...(byErasure.get(erasure_id) ?? []), record])
  return rows.flatMap((row) => entryOf(row, byErasure.get(row.id) ?? []))
}

function entryOf(row: DoneRow, records: ErasedRecord[]): RegisterEntry[] {
  const { id, organisation_id, kind, subject_id, keyring_id, reference, ground, proposed_by, proposed_on } = row
  const { decided_by, decided_on } = row
  if (decided_by === null || decided_on === null) return []
  const what = { organisation_id, kind, subject_id, keyring_id, reference, ground }
  return [{ erasure_id: id, ...what, proposed_by, proposed_on, decided_by, decided_on, records }]
}
