import { job } from '../platform/jobs/worker.ts'
import { sweepRecoveries } from './repo-recovery.ts'
import { sweepSessions } from './repo-sessions.ts'

export const identityJobs = [
  job({
    name: 'housekeeping.sweep',
    action: 'housekeeping.sweep',
    schedule: '*/10 * * * *',
    handle: async (act) => {
      await sweepSessions(act)
      await sweepRecoveries(act)
    },
  }),
]
