import { type Job, job } from '../platform/jobs/worker.ts'
import type { Mailer } from '../reminders/service.ts'
import { gatherNotices, sendNotices } from './escalate.ts'

/** Without a mail server, what is overdue is escalated all the same: it stands at the head of the coordinators' inboxes. */
export const urgentJobs = (send: Mailer | null): Job[] => [
  job({
    name: 'urgent.escalate',
    action: 'urgent.escalate',
    schedule: '*/5 * * * *',
    handle: (act) => gatherNotices(act),
    after: async (notices, op) => {
      if (send !== null) await sendNotices(op, notices, send)
    },
  }),
]
