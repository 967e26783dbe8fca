import type { Scanner } from './scan.ts'
import type { BlobStore } from './store.ts'

/** What evidence stands on outside the database. */
export type EvidenceParts = { readonly store: BlobStore; readonly scanner: Scanner }
