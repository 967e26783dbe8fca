import { ofCase } from '../cases/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { EpisodeRow } from './repo.ts'

/** The team keeps the episodes of its case together. */
export const episodePolicy = (found: { readonly id: Id<'cases'> }) =>
  ofCase<EpisodeRow, 'detention.list' | 'detention.change' | 'medical_report.make' | 'complaint.make_document'>(found, {
    'detention.list': () => true,
    'detention.change': () => true,
    'medical_report.make': () => true,
    'complaint.make_document': () => true,
  })
