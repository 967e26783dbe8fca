import { auditJobs } from '../audit/jobs.ts'
import { identityJobs } from '../identity/jobs.ts'
import type { Job } from '../platform/jobs/worker.ts'
import { reminderJobs } from '../reminders/jobs.ts'
import type { Parts } from './parts.ts'

/** Every background job of the service. */
export const jobsOf = ({ signer, mailer }: Pick<Parts, 'signer' | 'mailer'>): Job[] => [
  ...auditJobs({ signer }),
  ...identityJobs,
  ...(mailer === null ? [] : reminderJobs(mailer)),
]
