import type { Database } from '../platform/database/database.ts'
import { type BlobRow, listBlobRows } from './repo-blobs.ts'
import type { BlobStore } from './store.ts'

/** A file in the store that no row names. */
export type Orphan = { readonly blob: string; readonly changed_at: Date }

export type Reconciled = {
  readonly rows: number
  readonly missing: readonly BlobRow[]
  readonly orphans: readonly Orphan[]
}

const OURS = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the database and the store do not agree on. A row is there before its file: the store is listed first. */
export async function reconcile(database: Database, store: BlobStore): Promise<Reconciled> {
  const blobs = (await store.blobs()).filter(({ blob }) => OURS.test(blob))
  const rows = await listBlobRows(database)
  const named = new Set(rows.map(({ blob }) => blob))
  const lying = new Set(blobs.map(({ blob }) => blob))
  const missing: BlobRow[] = []
  for (const row of rows)
    if (row.is_kept && !lying.has(row.blob) && (await isAbsent(store, row.blob))) missing.push(row)
  return { rows: rows.length, missing, orphans: blobs.filter(({ blob }) => !named.has(blob)) }
}

/** Asked once more: it may have been finished since the store was listed. */
const isAbsent = async (store: BlobStore, blob: string): Promise<boolean> => (await store.list(blob)).length === 0
