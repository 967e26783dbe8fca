import path from 'node:path'
import type { ErasureParts } from '../erasure/parts.ts'
import type { Config } from '../platform/kernel/config.ts'
import type { Parts } from './parts.ts'

/** The register lies beside the keys; files leave the store in which evidence put them. */
export const erasurePartsOf = (
  { data }: Pick<Config, 'data'>,
  { signer, evidence }: Pick<Parts, 'signer' | 'evidence'>,
): ErasureParts => ({
  signer,
  register: path.join(data, 'erasures.jsonl'),
  removeFile: (blob) => evidence.store.remove(blob),
})
