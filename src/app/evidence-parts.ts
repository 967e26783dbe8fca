import path from 'node:path'
import type { EvidenceParts } from '../evidence/parts.ts'
import { noScanner } from '../evidence/scan.ts'
import { clamdScanner } from '../evidence/scan-clamd.ts'
import { diskStore } from '../evidence/store-disk.ts'
import { s3Store } from '../evidence/store-s3.ts'
import type { Config } from '../platform/kernel/config.ts'

/** Where the files of evidence lie, in a bucket or in a folder beside the keys, and who looks through them. */
export const evidencePartsOf = ({ data, s3, clamd }: Pick<Config, 'data' | 's3' | 'clamd'>): EvidenceParts => ({
  store: s3 === null ? diskStore(path.join(data, 'evidence')) : s3Store(s3),
  scanner: clamd === null ? noScanner : clamdScanner(clamd),
})
