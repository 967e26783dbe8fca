import { type Job, job } from '../platform/jobs/worker.ts'
import { type AuditParts, makeCheckpoint } from './read-trail.ts'
import { sequenceEvents } from './service.ts'

export const auditJobs = (parts: AuditParts): Job[] => [
  job({
    name: 'audit.sequence',
    action: 'audit.sequence',
    schedule: '* * * * *',
    handle: (act) => sequenceEvents(act),
  }),
  job({
    name: 'audit.checkpoint',
    action: 'audit.sequence',
    schedule: '5 * * * *',
    handle: (act) => makeCheckpoint(act, parts),
  }),
]
