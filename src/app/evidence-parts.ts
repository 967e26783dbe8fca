import path from 'node:path'
import type { EvidenceParts } from '../evidence/parts.ts'
import { noScanner } from '../evidence/scan.ts'
import { diskStore } from '../evidence/store-disk.ts'
import type { Config } from '../platform/kernel/config.ts'

/** Where the files of evidence lie: a folder beside the keys. */
export const evidencePartsOf = ({ data }: Pick<Config, 'data'>): EvidenceParts => ({
  store: diskStore(path.join(data, 'evidence')),
  scanner: noScanner,
})
