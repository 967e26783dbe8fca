import { auditJobs } from '../audit/jobs.ts'
import { identityJobs } from '../identity/jobs.ts'
import type { Job } from '../platform/jobs/worker.ts'
import type { Parts } from './parts.ts'

/** Every background job of the service. */
export const jobsOf = ({ signer }: Pick<Parts, 'signer'>): Job[] => [...auditJobs({ signer }), ...identityJobs]
