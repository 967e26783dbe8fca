import { z } from 'zod'
import { Article } from '../admissibility/schema.ts'
import { Money } from '../assistance/schema.ts'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { State } from '../reference/schema.ts'
import { termCode } from '../vocabularies/service.ts'

export const DECISIONS_MAX = 50
export const MEASURES_MAX = 60
export const EVENTS_MAX = 500

const text = (max: number) => z.string().trim().min(1).max(max)
const day = z.iso.date().regex(/^(19|20)/)

/** The codes of implementation_model.json, as a test holds them to it. */
export const MeasureStatus = z.enum([
  'not_started',
  'requested',
  'under_review',
  'partly_implemented',
  'implemented',
  'refused',
  'reversed',
  'contrary_measure',
  'no_longer_possible',
  'unknown',
])
export type MeasureStatus = z.output<typeof MeasureStatus>

export const EventType = z.enum([
  'views_transmitted',
  'state_reply',
  'author_comment',
  'ngo_submission',
  'reminder',
  'meeting_with_permanent_mission',
  'committee_grade',
  'domestic_request_filed',
  'domestic_court_claim',
  'domestic_court_decision',
  'appeal',
  'iwg_or_commission_decision',
  'payment_ordered',
  'payment_made',
  'law_amended',
  'reopening_ordered',
  'views_published',
  'reprisal_reported',
  'closure',
])

const Finding = z.strictObject({
  article: Article,
  finding: z.enum(['violation', 'no_violation', 'inadmissible']),
  read_with: z.array(Article).max(10).default([]),
  concerning: text(200).optional(),
})

export const DecisionLegal = z
  .strictObject({
    mechanism: text(60),
    state: State,
    symbol: text(100).optional(),
    adopted_on: day,
    transmitted_on: day.optional(),
    published_on: day.optional(),
    outcome: termCode('complaint_outcomes'),
    findings: z.array(Finding).max(60).default([]),
    note: text(5_000).optional(),
  })
  .refine(({ adopted_on, transmitted_on }) => transmitted_on === undefined || adopted_on <= transmitted_on, {
    path: ['transmitted_on'],
    message: 'is before the decision was adopted',
  })
export type DecisionLegal = z.output<typeof DecisionLegal>

export const MeasureLegal = z.strictObject({
  remedy: termCode('remedies'),
  level: z.enum(['individual', 'general']),
  /** Who in the State has to do it. */
  responsible: text(300).optional(),
  text: text(5_000).optional(),
  /** Why it is pursued no more: the case may then be closed without it. */
  waived_because: text(2_000).optional(),
})
export type MeasureLegal = z.output<typeof MeasureLegal>

const Grade = z.strictObject({
  scale: z.enum(['ccpr_grades_2016', 'ccpr_grades_2013_legacy', 'cedaw_grades', 'cat_follow_up_words', 'other']),
  value: text(60),
  /** The report in which it stands. */
  report: text(100).optional(),
})

const needsMoney = ['payment_ordered', 'payment_made']

export const EventLegal = z
  .strictObject({
    event: EventType,
    on: day,
    /** How the measure stands after it. */
    status: MeasureStatus.optional(),
    money: Money.optional(),
    grade: Grade.optional(),
    body: text(300).optional(),
    note: text(5_000).optional(),
    evidence_id: idOf('evidence_items').optional(),
  })
  .refine(({ event, money }) => needsMoney.includes(event) === (money !== undefined), {
    path: ['money'],
    message: 'a payment has money, and nothing else has',
  })
  .refine(({ event, grade }) => (event === 'committee_grade') === (grade !== undefined), {
    path: ['grade'],
    message: 'a grade of the committee has a grade, and nothing else has',
  })
export type EventLegal = z.output<typeof EventLegal>

const complaint_id = idOf('complaints').nullable().default(null)
export const NewDecision = z.strictObject({ complaint_id, legal: secretOf(DecisionLegal) })
export type NewDecision = z.output<typeof NewDecision>
export const DecisionChange = z.strictObject({ legal: secretOf(DecisionLegal) })
export const NewMeasure = z.strictObject({ legal: secretOf(MeasureLegal) })
export const NewEvent = z.strictObject({
  measure_id: idOf('measures').nullable().default(null),
  legal: secretOf(EventLegal),
})
export type NewEvent = z.output<typeof NewEvent>
export const EventChange = z
  .strictObject({ legal: secretOf(EventLegal).optional(), is_void: z.boolean().optional() })
  .refine(({ legal, is_void }) => legal !== undefined || is_void !== undefined, 'nothing to change')
export type EventChange = z.output<typeof EventChange>

export const CasePath = z.strictObject({ id: idOf('cases') })
export const DecisionPath = z.strictObject({ id: idOf('cases'), decision_id: idOf('decisions') })
export const MeasurePath = DecisionPath.extend({ measure_id: idOf('measures') })
export const EventPath = DecisionPath.extend({ event_id: idOf('implementation_events') })

const stamp = { version: z.int(), recorded_by: idOf('users'), recorded_on: z.iso.date() }
const decisionHeading = {
  id: idOf('decisions'),
  case_id: idOf('cases'),
  complaint_id: idOf('complaints').nullable(),
  ...stamp,
}
const measureHeading = { id: idOf('measures'), decision_id: idOf('decisions'), ...stamp }
const eventHeading = {
  id: idOf('implementation_events'),
  decision_id: idOf('decisions'),
  measure_id: idOf('measures').nullable(),
  is_void: z.boolean(),
  ...stamp,
}
export const DecisionReceipt = z.object(decisionHeading)
export type DecisionReceipt = z.output<typeof DecisionReceipt>
export const MeasureReceipt = z.object(measureHeading)
export type MeasureReceipt = z.output<typeof MeasureReceipt>
export const EventReceipt = z.object(eventHeading)
export type EventReceipt = z.output<typeof EventReceipt>

/** What was sealed goes out as it is: the lists of codes may have changed since. */
const kept = <S extends z.ZodType>(schema: S) => {
  const shape = Object.entries(z.toJSONSchema(schema, { io: 'input' })).filter(([name]) => name !== '$schema')
  return secretOf(z.custom<z.output<S>>().meta(Object.fromEntries(shape))).nullable()
}

/** Of one currency: what a court or the State ordered, what was paid, and what is left. */
export const Paid = z.strictObject({
  currency: Money.shape.currency,
  ordered_minor: z.int(),
  paid_minor: z.int(),
  left_minor: z.int(),
})
export type Paid = z.output<typeof Paid>

export const ReplyStatus = z.enum(['received', 'awaited', 'overdue', 'possibly_overdue', 'no_term'])
export type ReplyStatus = z.output<typeof ReplyStatus>

const Event = z.object({ ...eventHeading, legal: kept(EventLegal) })
const Measure = z.object({
  ...measureHeading,
  legal: kept(MeasureLegal),
  status: secretOf(MeasureStatus),
  payments: secretOf(z.array(Paid)),
})

export const Decision = z.object({
  ...decisionHeading,
  legal: kept(DecisionLegal),
  /** `due_on` is null where the day of transmittal, or the term, is not known. */
  reply: secretOf(z.strictObject({ status: ReplyStatus, due_on: z.iso.date().nullable() })),
  measures: z.array(Measure),
  events: z.array(Event),
})
export type Decision = z.output<typeof Decision>
export const Decisions = z.object({ items: z.array(Decision) })

/** The languages of the United Nations that the submission is written in. */
const FollowUpLanguage = z.enum(['en', 'ru', 'fr', 'es'])
export type FollowUpLanguage = z.output<typeof FollowUpLanguage>
export const FollowUpQuery = z.strictObject({
  format: z.enum(['pdf', 'docx']).default('pdf'),
  language: FollowUpLanguage.default('en'),
})
export const FollowUpCheckQuery = FollowUpQuery.pick({ language: true })
export const FollowUpChecked = z.object({
  id: idOf('decisions'),
  /** As it is marked in the document, in its order. */
  check: secretOf(z.strictObject({ missing: z.array(z.string()) })),
})
