import { sql } from 'kysely'
import type { Database } from '../platform/database/database.ts'

/** A row that names a file in the store. `is_kept`: the file must be there; else it is on its way. */
export type BlobRow = { readonly table: string; readonly id: string; readonly blob: string; readonly is_kept: boolean }

/** Every row that names a file. Ids alone: nothing is opened. */
export async function listBlobRows(database: Database): Promise<BlobRow[]> {
  const { rows } = await sql<BlobRow>`
    select 'evidence_items' as table, id, blob, true as is_kept from evidence_items
    union all
    select 'incident_files', id, blob, true from incident_files
    union all
    select 'uploads', id, id, is_finished from uploads
    order by 1, 2`.execute(database)
  return rows
}
