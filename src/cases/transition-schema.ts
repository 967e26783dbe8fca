import { z } from 'zod'
import { secretOf, secretText } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'
import { CaseStage } from './schema.ts'

const REASON_MAX = 5_000

const ReasonCode = z.union([termCode('case_decline_reasons'), termCode('case_closing_reasons')])

/** What must be true of a case before it may enter a stage. */
export const RequirementCode = z.enum([
  'lead',
  'two_members',
  'victim',
  'consent_to_store',
  'risk_assessment',
  'conflict_check',
  'act_with_date_and_region',
  'source',
  'authority',
  'strategy',
  'final_outcome',
  'measures_settled',
])
export type RequirementCode = z.output<typeof RequirementCode>

export const CaseMove = z
  .strictObject({
    to: CaseStage,
    /** Why; on closing, the closing summary. */
    reason: secretText(REASON_MAX).optional(),
    reason_code: ReasonCode.optional(),
    /** The day after which the closed case may be erased. */
    purge_after: z.iso.date().optional(),
  })
  .refine(({ to, purge_after }) => purge_after === undefined || to === 'closed', {
    path: ['purge_after'],
    message: 'only on closing',
  })
export type CaseMove = z.output<typeof CaseMove>

/** The sealed part of a kept transition. */
export const TransitionNarrative = z.strictObject({
  reason: z.string().optional(),
  reason_code: z.string().optional(),
  requirements_met: z.array(RequirementCode),
})
export type TransitionNarrative = z.output<typeof TransitionNarrative>

export const CasePosition = z.object({
  id: idOf('cases'),
  version: z.int(),
  stage: CaseStage,
  purge_after: z.iso.date().nullable(),
})
export type CasePosition = z.output<typeof CasePosition>

const AllowedMove = z.object({
  to: CaseStage,
  missing: z.array(RequirementCode),
  needs_reason: z.boolean(),
  needs_reason_code: z.boolean(),
  needs_purge_after: z.boolean(),
})

const Transition = z.object({
  id: idOf('case_transitions'),
  from_stage: CaseStage,
  to_stage: CaseStage,
  moved_by: idOf('users'),
  moved_on: z.iso.date(),
  narrative: secretOf(TransitionNarrative).nullable(),
})

export const CaseTransitions = z.object({
  id: idOf('cases'),
  version: z.int(),
  stage: CaseStage,
  allowed: z.array(AllowedMove),
  history: z.array(Transition),
})
export type CaseTransitions = z.output<typeof CaseTransitions>
