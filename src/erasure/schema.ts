import { z } from 'zod'
import { pageOf, PageQuery } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'

/** Of a row that may be gone, and of any table. */
const anyId = idOf<string>('records')

const DAYS_MOST = 36_500
/** Long enough for those who were not asked to see it. */
const WAITING_LEAST = 3
const WAITING_MOST = 90

export const CasePath = z.strictObject({ id: idOf('cases') })
export const HoldPath = CasePath.extend({ hold_id: idOf('case_holds') })
export const PersonPath = z.strictObject({ id: idOf('persons') })
export const ErasurePath = z.strictObject({ id: idOf('erasures') })

const retention = {
  closed_days: z.int().min(0).max(DAYS_MOST).nullable(),
  declined_days: z.int().min(0).max(DAYS_MOST).nullable(),
  waiting_days: z.int().min(WAITING_LEAST).max(WAITING_MOST),
}
export const RetentionChange = z.strictObject(retention)
export type RetentionChange = z.output<typeof RetentionChange>

/** `id` is the organisation. Null days: the calendar proposes nothing of that status. */
export const RetentionRules = z.object({ id: idOf('organisations'), version: z.int(), ...retention })
export type RetentionRules = z.output<typeof RetentionRules>

const HoldReason = z.enum(['court_order', 'proceeding', 'complaint', 'investigation', 'internal_review'])
export const NewHold = z.strictObject({ reason: HoldReason })
export type NewHold = z.output<typeof NewHold>

export const Hold = z.object({
  id: idOf('case_holds'),
  case_id: idOf('cases'),
  reason: HoldReason,
  placed_by: idOf('users'),
  placed_on: z.iso.date(),
  lifted_by: idOf('users').nullable(),
  lifted_on: z.iso.date().nullable(),
})
export const Holds = z.object({ items: z.array(Hold) })

/** `retention_over` is the calendar's own. */
const PersonsGround = z.enum(['wish_of_person', 'opened_by_mistake', 'duplicate', 'danger', 'court_order'])
const Ground = z.enum(['retention_over', ...PersonsGround.options])
export type Ground = z.output<typeof Ground>
export const NewErasure = z.strictObject({ ground: PersonsGround })
export type NewErasure = z.output<typeof NewErasure>

const Kind = z.enum(['case', 'person'])

const heading = {
  id: idOf('erasures'),
  version: z.int(),
  kind: Kind,
  subject_id: anyId,
  reference: z.string().nullable(),
  ground: Ground,
  status: z.enum(['proposed', 'withdrawn', 'done']),
  proposed_by: anyId.nullable().meta({ description: 'Null: the calendar' }),
  proposed_on: z.iso.date(),
  not_before: z.iso.date().meta({ description: 'The first day on which it can be confirmed' }),
  decided_by: anyId.nullable(),
  decided_on: z.iso.date().nullable(),
}
export const ErasureHeading = z.object(heading)
export type ErasureHeading = z.output<typeof ErasureHeading>
export const ErasureQuery = PageQuery
export const ErasurePage = pageOf(ErasureHeading)

const Statement = z.object({ code: z.string(), words: z.string() })
export type Statement = z.output<typeof Statement>

const Count = z.object({ table: z.string(), rows: z.int() })
export type Count = z.output<typeof Count>

export const Erasure = z.object({
  ...heading,
  rows: z.array(Count).meta({ description: 'What is destroyed, by table; while it is proposed, what would be' }),
  keys_destroyed: z.int(),
  files: z.int().meta({ description: 'Files of evidence whose keys are destroyed' }),
  files_waiting: z.int().meta({ description: 'Those whose unreadable pieces are not yet out of the store' }),
  scoured_on: z.iso.date().nullable().meta({ description: 'When the tables of keys were last written afresh since' }),
  destroyed: z.array(Statement),
  remains: z.array(Statement),
  beyond_reach: z.array(Statement),
})
export type Erasure = z.output<typeof Erasure>

const ErasedRecord = z.strictObject({ kind: z.enum(['incidents', 'persons', 'blobs']), record_id: anyId })
export type ErasedRecord = z.output<typeof ErasedRecord>

/** One line of the register, without its signature: what must be erased again when an older database comes back. */
export const RegisterEntry = z.strictObject({
  erasure_id: idOf('erasures'),
  organisation_id: idOf('organisations'),
  kind: Kind,
  subject_id: anyId,
  keyring_id: idOf('keyrings').nullable(),
  reference: z.string().nullable(),
  ground: Ground,
  proposed_by: anyId.nullable(),
  proposed_on: z.iso.date(),
  decided_by: anyId,
  decided_on: z.iso.date(),
  records: z.array(ErasedRecord),
})
export type RegisterEntry = z.output<typeof RegisterEntry>
