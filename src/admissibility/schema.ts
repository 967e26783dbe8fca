import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { RuleRef, State } from '../reference/schema.ts'
import { termCode } from '../vocabularies/service.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const code = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9][\w.-]*$/)

/** As much of a day as is known. */
export const KnownDay = z
  .union([
    z.iso.date().regex(/^(19|20)/),
    z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/),
    z.string().regex(/^(19|20)\d\d$/),
  ])
  .meta({ title: 'KnownDay', description: 'YYYY-MM-DD, YYYY-MM or YYYY: what is not known is not filled in' })

const Tri = z.enum(['yes', 'no', 'unclear'])
export type Tri = z.output<typeof Tri>

/** An article of a treaty, as the committees are asked about it: CCPR-7, CERD-5-b. */
export const Article = z
  .string()
  .max(40)
  .regex(/^(CCPR|CAT|CEDAW|CERD|CRPD|CED|CESCR|CRC|CMW)(-\w+)*$/)

const Elsewhere = z.strictObject({
  /** A mechanism of /v1/mechanisms, or OTHER. */
  body: code,
  status: z.enum(['pending', 'decided', 'withdrawn']),
  /** The same facts, the same person and the same rights. */
  same_matter: Tri.default('unclear'),
  ended_on: KnownDay.optional(),
  note: text(1_000).optional(),
})
export type Elsewhere = z.output<typeof Elsewhere>

const Project = z.strictObject({
  mechanism: code,
  name: text(300).optional(),
  closed_on: KnownDay.optional(),
  people: z.int().min(1).max(1_000_000),
})

/** A lawyer's word against an answer. It changes no answer: it stands beside it. */
const Override = z.strictObject({ mechanism: code, reason: text(2_000) })

/** What committees ask and the records of the case do not say. What is left out is taken from the incidents. */
export const ClaimLegal = z.strictObject({
  state: State.optional(),
  began: KnownDay.optional(),
  ended: KnownDay.optional(),
  continues: Tri.default('unclear'),
  articles: z.array(Article).max(60).default([]),
  violations: z.array(termCode('violation_types')).max(40).default([]),
  victims_are_children: Tri.default('unclear'),
  is_anonymous: z.boolean().default(false),
  is_urgent: Tri.default('unclear'),
  late_because: text(2_000).optional(),
  elsewhere: z.array(Elsewhere).max(20).default([]),
  projects: z.array(Project).max(10).default([]),
  overrides: z.array(Override).max(40).default([]),
})
export type ClaimLegal = z.output<typeof ClaimLegal>

export const NewClaim = z.strictObject({ legal: secretOf(ClaimLegal) })
export const ClaimReceipt = z.object({ case_id: idOf('cases'), version: z.int() })
export type ClaimReceipt = z.output<typeof ClaimReceipt>
const shape = Object.entries(z.toJSONSchema(ClaimLegal, { io: 'input' })).filter(([name]) => name !== '$schema')
/** `version` 0: nothing was written yet. What was sealed goes out as it is. */
export const CaseClaim = z.object({
  case_id: idOf('cases'),
  version: z.int(),
  legal: secretOf(z.custom<ClaimLegal>().meta(Object.fromEntries(shape))).nullable(),
})
export type CaseClaim = z.output<typeof CaseClaim>

export const CasePath = z.strictObject({ id: idOf('cases') })

const Check = z.enum(['acceptance', 'time', 'subject', 'victim', 'remedies', 'deadline', 'same_matter', 'door'])

/** One reason of an answer, with the row of reference that it comes from. */
export const Reason = z.strictObject({
  check: Check,
  code,
  /** `doubts` needs a lawyer's judgement; `warns` changes nothing and is to be looked at. */
  effect: z.enum(['passes', 'warns', 'doubts', 'bars']),
  day: z.iso.date().nullable(),
  rule: RuleRef,
})
export type Reason = z.output<typeof Reason>

export const Answer = z
  .strictObject({
    state: State,
    mechanism: code,
    kind: z.enum(['committee', 'other']),
    name: z.string(),
    status: z.enum(['open', 'closing', 'closed', 'doubtful']),
    days_left: z.int().nullable(),
    last_day: z.iso.date().nullable(),
    certainty: RuleRef.shape.certainty,
    reasons: z.array(Reason),
    override: z.string().nullable(),
  })
  .meta({ title: 'AdmissibilityAnswer' })
export type Answer = z.output<typeof Answer>

/** To file with one body would shut, or might shut, the door of another. */
export const Conflict = z.strictObject({
  filing_with: code,
  shuts: code,
  how: z.enum(['while_pending', 'also_after']),
  is_certain: z.boolean(),
  rule: RuleRef,
})
export type Conflict = z.output<typeof Conflict>

const Admission = z.strictObject({ answers: z.array(Answer), conflicts: z.array(Conflict) })
export type Admission = z.output<typeof Admission>
export const Admissibility = z.object({ id: idOf('cases'), on: z.iso.date(), result: secretOf(Admission) })
export type Admissibility = z.output<typeof Admissibility>
