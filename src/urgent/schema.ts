import { z } from 'zod'
import { secretOf, secretText } from '../platform/crypto/secret.ts'
import { PageQuery, pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'

const line = (max: number) => z.string().trim().min(1).max(max)
const HOURS = 24
const HOURS_MOST = 14 * 24

/** What is needed, in codes. */
export const UrgentFacts = z.strictObject({
  kind: z.enum(['relocation', 'medical', 'security']),
  people: z.int().min(1).max(1_000).default(1).meta({ description: 'How many people, the family included' }),
  decision: z.enum(['granted', 'granted_in_part', 'refused', 'passed_on']).optional(),
})
export type UrgentFacts = z.output<typeof UrgentFacts>

export const UrgentNarrative = z.strictObject({ need: line(4_000), answer: line(4_000).optional() })
export type UrgentNarrative = z.output<typeof UrgentNarrative>

export const NewUrgentRequest = z.strictObject({
  facts: secretOf(UrgentFacts.omit({ decision: true })),
  need: secretText(4_000),
  answer_hours: z
    .int()
    .min(1)
    .max(HOURS_MOST)
    .default(HOURS)
    .meta({ description: 'Within how many hours an answer is needed' }),
})
export type NewUrgentRequest = z.output<typeof NewUrgentRequest>

export const UrgentAnswer = z.strictObject({
  decision: UrgentFacts.shape.decision.unwrap(),
  answer: secretText(4_000),
})
export type UrgentAnswer = z.output<typeof UrgentAnswer>

const UrgentStatus = z.enum(['open', 'answered', 'withdrawn'])

const heading = {
  id: idOf('urgent_requests'),
  case_id: idOf('cases'),
  version: z.int(),
  status: UrgentStatus,
  due_at: z.iso.datetime(),
  is_overdue: z.boolean(),
  is_escalated: z.boolean().meta({ description: 'The time for an answer was over, and the coordinators were told' }),
  asked_by: idOf('users'),
  asked_on: z.iso.date(),
  answered_by: idOf('users').nullable(),
  answered_on: z.iso.date().nullable(),
}

export const UrgentReceipt = z.object({
  id: heading.id,
  version: z.int(),
  status: UrgentStatus,
  due_at: heading.due_at,
})
export type UrgentReceipt = z.output<typeof UrgentReceipt>

const Sighting = z.object({ user_id: idOf('users'), version: z.int(), seen_on: z.iso.date() })

/** `seen_by`: who has opened it, and at which version. */
export const UrgentRequest = z.object({
  ...heading,
  facts: secretOf(UrgentFacts).nullable(),
  narrative: secretOf(UrgentNarrative).nullable(),
  seen_by: z.array(Sighting),
})
export const UrgentPage = pageOf(UrgentRequest)
export const UrgentQuery = z.strictObject({ ...PageQuery.shape, status: UrgentStatus.optional() })
export type UrgentQuery = z.output<typeof UrgentQuery>
