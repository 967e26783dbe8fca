import { auditJobs } from '../audit/jobs.ts'
import { evidenceJobs } from '../evidence/jobs.ts'
import { identityJobs } from '../identity/jobs.ts'
import type { Job } from '../platform/jobs/worker.ts'
import { reminderJobs } from '../reminders/jobs.ts'
import type { Parts } from './parts.ts'

/** Every background job of the service. */
export const jobsOf = ({ signer, mailer, evidence }: Pick<Parts, 'signer' | 'mailer' | 'evidence'>): Job[] => [
  ...auditJobs({ signer }),
  ...identityJobs,
  ...evidenceJobs(evidence),
  ...(mailer === null ? [] : reminderJobs(mailer)),
]
