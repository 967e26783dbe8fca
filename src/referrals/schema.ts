import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { PageQuery, pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

const line = (max: number) => z.string().trim().min(1).max(max)
const ANSWER_DAYS = 14

/** The states of the model. */
export const ReferralState = z.enum([
  'draft',
  'awaiting_consent',
  'proposed',
  'accepted',
  'declined',
  'waitlisted',
  'in_progress',
  'completed',
  'withdrawn_by_client',
  'withdrawn_by_provider',
  'lost_contact',
  'transferred',
])
export type ReferralState = z.output<typeof ReferralState>

/** Why a referral is not taken on. */
const DeclineReason = z.enum([
  'no_capacity',
  'conflict_of_interest',
  'out_of_scope',
  'security_risk',
  'no_funds',
  'duplicate',
  'other',
])

/** Outside: to which provider. */
export const ReferralIdentity = z.strictObject({ provider_id: idOf('providers').optional() })
export type ReferralIdentity = z.output<typeof ReferralIdentity>

const each = <S extends z.ZodType>(item: S, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((all) => new Set(all).size === all.length, 'each once')

/** Which fields of the case go with the request. What is not named here stays. Privileged notes never go. */
const HandOver = z.strictObject({
  fields: each(z.enum(['title', 'summary', 'kind', 'tags']), 4).default([]),
  persons: z
    .array(
      z.strictObject({
        person_id: idOf('persons'),
        fields: each(
          z.enum(['names', 'born', 'contacts', 'documents', 'roles', 'sex', 'age_band', 'nationality', 'protection']),
          9,
        ).min(1),
      }),
    )
    .max(20)
    .default([]),
})
export type HandOver = z.output<typeof HandOver>

/** What is asked for, in the words that the recipient will read, and what of the case goes with it. */
export const ReferralNarrative = z.strictObject({
  request: line(4_000),
  hand_over: HandOver.default({ fields: [], persons: [] }),
})
export type ReferralNarrative = z.output<typeof ReferralNarrative>

export const ReferralFacts = z.strictObject({ help: termCode('assistance_types') })
export type ReferralFacts = z.output<typeof ReferralFacts>

const answerDays = z.int().min(1).max(365)

export const NewReferral = z.strictObject({
  to: z.union([
    z.strictObject({ provider_id: idOf('providers') }),
    z.strictObject({ organisation_id: idOf('organisations') }),
  ]),
  facts: secretOf(ReferralFacts),
  narrative: secretOf(ReferralNarrative),
  answer_days: answerDays
    .default(ANSWER_DAYS)
    .meta({ description: 'Days in which an answer is expected, from the day on which it is proposed' }),
})
export type NewReferral = z.output<typeof NewReferral>

/** Before it is proposed. A class that is given replaces that class whole. */
export const ReferralChange = z
  .strictObject({ facts: secretOf(ReferralFacts), narrative: secretOf(ReferralNarrative), answer_days: answerDays })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'changes something')
export type ReferralChange = z.output<typeof ReferralChange>

/** What is said with a step. Both sides read it once the referral has been proposed. */
export const MoveNarrative = z.strictObject({ reason_code: DeclineReason.optional(), note: line(2_000).optional() })
export type MoveNarrative = z.output<typeof MoveNarrative>

export const ReferralMove = z.strictObject({
  to: ReferralState,
  said: secretOf(MoveNarrative).prefault({}),
  package_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .meta({ description: 'On proposing to another organisation: of the package as it was previewed' }),
})
export type ReferralMove = z.output<typeof ReferralMove>

/** The recipient's own case, to which a referral is linked. */
export const ReferralLink = z.strictObject({ case_id: idOf('cases') })

export const ReferralEnd = z.strictObject({ said: secretOf(MoveNarrative).prefault({}) })
export type ReferralEnd = z.output<typeof ReferralEnd>

const Ending = z.enum(['sender', 'recipient', 'client', 'consent'])
const side = z.enum(['sender', 'recipient'])

const heading = {
  id: idOf('referrals'),
  side: side.meta({ description: 'Which of the two your organisation is' }),
  case_id: idOf('cases').nullable().meta({ description: 'Your own case' }),
  organisation_id: idOf('organisations'),
  recipient_id: idOf('organisations').nullable(),
  kind: z.enum(['outside', 'inside']),
  version: z.int(),
  state: ReferralState,
  answer_days: z.int(),
  due_on: z.iso.date().nullable(),
  is_overdue: z.boolean().meta({ description: 'No answer, and the day for it is over' }),
  consent_until: z.iso.date().nullable().meta({ description: 'The last day on which the consent holds' }),
  ended_by: Ending.nullable().meta({ description: 'Not null: nothing goes on, and nothing is shared any more' }),
  ended_on: z.iso.date().nullable(),
  has_news: z.boolean().meta({ description: 'The other side, or a consent, changed it since your side has seen it' }),
  made_on: z.iso.date(),
}

const contents = {
  identity: secretOf(ReferralIdentity).nullable(),
  narrative: secretOf(ReferralNarrative).nullable(),
  facts: secretOf(ReferralFacts).nullable(),
}

const Move = z.object({
  id: idOf('referral_moves'),
  position: z.int(),
  from_state: ReferralState,
  to_state: ReferralState,
  ended_by: Ending.nullable(),
  moved_by: idOf('users'),
  moved_on: z.iso.date(),
  narrative: secretOf(MoveNarrative).nullable(),
})

/** `allowed`: where the reader can move it now. */
export const Referral = z.object({ ...heading, ...contents, allowed: z.array(ReferralState), history: z.array(Move) })
export type Referral = z.output<typeof Referral>
export const CaseReferrals = pageOf(Referral)

export const ReferralPage = pageOf(z.object({ ...heading, ...contents }))
export const ReferralQuery = z.strictObject({
  ...PageQuery.shape,
  state: ReferralState.optional(),
  side: side.optional(),
})
export type ReferralQuery = z.output<typeof ReferralQuery>

/** The answer to a step holds no content, so that what is kept of it for repeats tells nothing. */
export const ReferralReceipt = z.object({ id: heading.id, version: z.int(), state: ReferralState })
export type ReferralReceipt = z.output<typeof ReferralReceipt>

/** What a referral can ask of somebody, the most pressing first. */
export const referralSteps = [
  'stop_using_package',
  'tell_provider',
  'note_end',
  'answer_referral',
  'ask_for_answer',
  'link_case',
  'renew_consent',
  'ask_for_consent',
  'read_news',
] as const
export type NextStep = (typeof referralSteps)[number]
