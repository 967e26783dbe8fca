import { auditJobs } from '../audit/jobs.ts'
import { erasureJobs } from '../erasure/jobs.ts'
import { evidenceJobs } from '../evidence/jobs.ts'
import { identityJobs } from '../identity/jobs.ts'
import type { Job } from '../platform/jobs/worker.ts'
import { reminderJobs } from '../reminders/jobs.ts'
import { urgentJobs } from '../urgent/jobs.ts'
import type { Parts } from './parts.ts'

type Needed = Pick<Parts, 'signer' | 'mailer' | 'evidence' | 'erasure'>

/** Every background job of the service. */
export const jobsOf = ({ signer, mailer, evidence, erasure }: Needed): Job[] => [
  ...auditJobs({ signer }),
  ...identityJobs,
  ...evidenceJobs(evidence),
  ...erasureJobs(erasure),
  ...urgentJobs(mailer),
  ...(mailer === null ? [] : reminderJobs(mailer)),
]
