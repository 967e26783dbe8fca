import { type Job, job } from '../platform/jobs/worker.ts'
import type { Mailer } from './mailer.ts'
import { gatherLetters, sendLetters } from './service.ts'

export const reminderJobs = (send: Mailer): Job[] => [
  job({
    name: 'reminder.send',
    action: 'reminder.send',
    schedule: '0 5 * * *',
    handle: (act) => gatherLetters(act),
    after: (letters, op) => sendLetters(op, letters, send),
  }),
]
