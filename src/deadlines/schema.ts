import { z } from 'zod'
import { Paper } from '../papers/schema.ts'
import { secretOf, secretText } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { Count, DeadlineKind, RuleRef, State, TermEnd, Zone } from '../reference/schema.ts'

const NOTE_MAX = 1_000
/** Of what a deadline was, so many are kept, the latest. */
export const HISTORY_MAX = 50
export const DEADLINES_MAX = 500

const note = z.string().trim().min(1).max(NOTE_MAX)
const Trigger = z.enum(['filed_on', 'decided_on', 'served_on'])

/** How a day was counted, so that anybody can count it again. */
const Reckoning = z.strictObject({
  rule: RuleRef,
  state: State,
  trigger: Trigger,
  trigger_on: z.iso.date(),
  count: Count,
  end: TermEnd,
  /** The calendar of the State, where working days were looked at. */
  calendar: RuleRef.nullable(),
})
export type Reckoning = z.output<typeof Reckoning>

/** What a deadline was before its trigger changed. */
const Former = z.strictObject({ due_on: z.iso.date(), reckoning: Reckoning, replaced_on: z.iso.date() })

export const DeadlineLegal = z.strictObject({
  zone: Zone,
  /** Null when it was set by hand. */
  reckoning: Reckoning.nullable(),
  note: note.optional(),
  /** Why it was waived, or how it was met. */
  reason: note.optional(),
  history: z.array(Former).max(HISTORY_MAX),
})
export type DeadlineLegal = z.output<typeof DeadlineLegal>

const ByRule = z.strictObject({
  by: z.literal('rule'),
  rule: z
    .string()
    .max(60)
    .regex(/^[\w.-]+$/),
  /** Whose clock and working days count. */
  state: State,
  /** The step whose day it runs from; when that day changes, it is counted again. */
  proceeding_id: idOf('proceedings').optional(),
  /** The day itself, where there is no step. */
  trigger_on: z.iso.date().optional(),
  note: note.optional(),
})
const ByHand = z.strictObject({
  by: z.literal('hand'),
  kind: DeadlineKind,
  due_on: z.iso.date(),
  zone: Zone,
  note: note.optional(),
})

const hasOneTrigger = (given: z.output<typeof ByRule> | z.output<typeof ByHand>): boolean =>
  given.by === 'hand' || (given.proceeding_id === undefined) !== (given.trigger_on === undefined)

export const NewDeadline = z.strictObject({
  deadline: secretOf(
    z.discriminatedUnion('by', [ByRule, ByHand]).refine(hasOneTrigger, 'give proceeding_id or trigger_on'),
  ),
})
export type NewDeadline = z.output<typeof NewDeadline>
export type ByRule = z.output<typeof ByRule>
export type ByHand = z.output<typeof ByHand>

const Status = z.enum(['open', 'done', 'waived'])

/** Done, waived with a reason, or open again. */
export const DeadlineChange = z.strictObject({ status: Status, told: secretOf(z.strictObject({ reason: note })) })
export type DeadlineChange = z.output<typeof DeadlineChange>

export const CasePath = z.strictObject({ id: idOf('cases') })
export const DeadlinePath = z.strictObject({ id: idOf('cases'), deadline_id: idOf('deadlines') })

const heading = {
  id: idOf('deadlines'),
  case_id: idOf('cases'),
  version: z.int(),
  kind: DeadlineKind,
  status: Status,
  due_on: z.iso.date(),
}

export const DeadlineReceipt = z.object(heading)
export type DeadlineReceipt = z.output<typeof DeadlineReceipt>

export const Deadline = z.object({
  ...heading,
  proceeding_id: idOf('proceedings').nullable(),
  cause_id: z.uuid().nullable().meta({ description: 'The step of a complaint, or the decision, that it runs from' }),
  set_by: idOf('users'),
  set_on: z.iso.date(),
  legal: secretOf(DeadlineLegal).nullable(),
})
export type Deadline = z.output<typeof Deadline>
export const Deadlines = z.object({ items: z.array(Deadline) })

const urgent = {
  days_left: z.int().meta({ description: 'In the zone of the deadline; negative when it is overdue' }),
  urgency: z.enum(['overdue', 'day', 'week', 'fortnight', 'month', 'later']),
}

/** Open deadlines of all one's cases, and one's own tasks that have a day; each the most urgent first. */
export const Agenda = z.object({
  items: z.array(z.object({ ...Deadline.shape, ...urgent })),
  tasks: z.array(z.object({ ...Paper.shape, due_on: z.iso.date(), ...urgent })),
})
export type Agenda = z.output<typeof Agenda>

/** Shown once. Whoever has it sees the days. */
export const Feed = z.object({ path: secretText(200) })
export type Feed = z.output<typeof Feed>
export const FeedPath = z.strictObject({ file: z.string().max(100) })
