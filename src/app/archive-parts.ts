import type { ArchiveParts } from '../archives/schema.ts'
import { proveEvents } from '../audit/prove-events.ts'
import type { Route } from '../platform/http/route.ts'
import { evidenceFiles } from './archived-files.ts'
import { chaptersOf } from './chapters.ts'
import type { Parts } from './parts.ts'

/** What an archive is made of: `routes` are all those that tell something of a case. */
export const archivePartsOf = (routes: readonly Route[], { signer }: Pick<Parts, 'signer'>): ArchiveParts => ({
  chapters: chaptersOf(routes),
  files: evidenceFiles(routes),
  proof: (act, id) => proveEvents(act, { signer }, id),
})
