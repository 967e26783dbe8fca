import { type Job, job } from '../platform/jobs/worker.ts'
import type { EvidenceParts } from './parts.ts'
import { forgetOldUploads } from './repo-uploads.ts'

/** After so many days a file that has not become evidence is let go. */
const UPLOAD_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1_000

export const evidenceJobs = ({ store }: Pick<EvidenceParts, 'store'>): Job[] => [
  job({
    name: 'upload.sweep',
    action: 'upload.sweep',
    schedule: '40 2 * * *',
    handle: (act) => forgetOldUploads(act, new Date(act.services.now().getTime() - UPLOAD_DAYS * DAY_MS)),
    // The row went first: a stop here leaves pieces without a row, which reconcile-evidence finds.
    after: async (ids) => {
      await Promise.allSettled(ids.map((id) => store.remove(id)))
    },
  }),
]
