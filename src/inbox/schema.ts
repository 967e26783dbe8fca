import { z } from 'zod'
import { idOf } from '../platform/kernel/ids.ts'
import { referralSteps } from '../referrals/schema.ts'

const Step = z.enum(['answer_urgent_request', 'read_urgent_answer', ...referralSteps])

/** What waits for me, the most pressing first, each with the one next step. */
export const Inbox = z.object({
  items: z.array(
    z.object({
      about: z.enum(['referral', 'urgent_request']),
      id: z.uuid(),
      case_id: idOf('cases').nullable(),
      next_step: Step,
      due: z.string().nullable().meta({ description: 'A day or an instant until which it is expected' }),
      is_overdue: z.boolean(),
    }),
  ),
})
export type Inbox = z.output<typeof Inbox>
