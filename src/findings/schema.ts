import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { PartyRef } from '../incidents/schema.ts'
import { termCode } from '../vocabularies/service.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const person = PartyRef.optional().meta({ description: 'A party of the case by its ref, such as v1' })
const atLeastOne = (change: Record<string, unknown>) => Object.values(change).some((value) => value !== undefined)

const physical = z.strictObject({
  sort: z.literal('physical'),
  person,
  regions: z.array(termCode('body_regions')).min(1).max(20),
  kind: termCode('injury_kinds'),
  length_mm: z.int().min(1).max(2_000).optional(),
  width_mm: z.int().min(1).max(2_000).optional(),
  count: z.int().min(1).max(500).optional(),
  age_days_from: z.int().min(0).max(40_000).optional(),
  age_days_to: z.int().min(0).max(40_000).optional(),
  grade: termCode('consistency_grades').optional(),
})
const psychological = z.strictObject({
  sort: z.literal('psychological'),
  person,
  grade: termCode('consistency_grades').optional(),
})

/** The coded part. Without a grade it is an observation, which anybody on the team may record. */
export const FindingFacts = z
  .discriminatedUnion('sort', [physical, psychological])
  .refine(
    (facts) =>
      facts.sort !== 'physical' || (facts.age_days_from ?? 0) <= (facts.age_days_to ?? Number.POSITIVE_INFINITY),
    { path: ['age_days_to'], message: 'less than age_days_from' },
  )
export type FindingFacts = z.output<typeof FindingFacts>

/** As it is kept: with who set the grade. */
export const KeptFindingFacts = z.strictObject({ found: FindingFacts, graded_by: idOf('users').nullable() })
export type KeptFindingFacts = z.output<typeof KeptFindingFacts>

export const FindingNarrative = z.strictObject({
  description: text(10_000),
  alleged_cause: text(4_000).optional(),
  reasoning: text(10_000).optional().meta({ description: 'Why this grade' }),
})
export type FindingNarrative = z.output<typeof FindingNarrative>

export const NewFinding = z.strictObject({
  examination_id: idOf('examinations').optional(),
  facts: secretOf(FindingFacts),
  narrative: secretOf(FindingNarrative),
})
export type NewFinding = z.output<typeof NewFinding>
export const FindingChange = z
  .strictObject({ facts: secretOf(FindingFacts).optional(), narrative: secretOf(FindingNarrative).optional() })
  .refine(atLeastOne, 'nothing to change')
export type FindingChange = z.output<typeof FindingChange>

const heading = { case_id: idOf('cases'), version: z.int(), recorded_by: idOf('users'), recorded_on: z.iso.date() }
const findingHeading = { id: idOf('findings'), ...heading, examination_id: idOf('examinations').nullable() }
export const FindingReceipt = z.object(findingHeading)
export const Finding = z.object({
  ...findingHeading,
  facts: secretOf(KeptFindingFacts).nullable(),
  narrative: secretOf(FindingNarrative).nullable(),
})
export type Finding = z.output<typeof Finding>
export const FindingPage = pageOf(Finding)
