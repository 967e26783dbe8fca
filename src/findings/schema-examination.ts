import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { PartyRef } from '../incidents/schema.ts'
import { termCode } from '../vocabularies/service.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const told = text(20_000).optional()

/** Who is named in it. */
export const ExaminationIdentity = z.strictObject({
  subject: text(200).optional(),
  clinician: text(200).optional(),
  qualifications: text(4_000).optional(),
  present: text(2_000).optional().meta({ description: 'Who else was in the room' }),
  interpreter: text(200).optional(),
  requested_by: text(500).optional(),
})
export type ExaminationIdentity = z.output<typeof ExaminationIdentity>

/** What was told and judged, in the order of the report. The conclusion does not follow from the grades by itself. */
export const ExaminationNarrative = z.strictObject({
  place: text(500).optional(),
  limits: told,
  background: told,
  allegations: told,
  symptoms: told,
  physical_examination: told,
  psychological_history: told,
  psychological_examination: told,
  photographs: told,
  diagnostic_tests: told,
  consultations: told,
  interpretation: told,
  conclusions: told,
  recommendations: told,
  annexes: told,
})
export type ExaminationNarrative = z.output<typeof ExaminationNarrative>

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Its circumstances, coded. What is not said is not known. */
export const ExaminationFacts = z
  .strictObject({
    person: PartyRef.optional().meta({ description: 'A party of the case by its ref, such as v1' }),
    on: z.iso
      .date()
      .regex(/^(19|20)/)
      .optional(),
    from: time.optional(),
    to: time.optional(),
    consent: z.enum(['written', 'oral', 'by_guardian', 'refused']).optional(),
    police_present: z.boolean().optional(),
    interpreter: z.enum(['not_needed', 'present', 'by_telephone', 'missing']).optional(),
    restraints: z.enum(['none', 'handcuffs', 'other']).optional(),
    is_custodial: z.boolean().optional(),
    overall: termCode('consistency_grades').optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'ends before it begins',
  })
export type ExaminationFacts = z.output<typeof ExaminationFacts>

const contents = {
  identity: secretOf(ExaminationIdentity).optional(),
  narrative: secretOf(ExaminationNarrative).optional(),
}
export const NewExamination = z.strictObject({ ...contents, facts: secretOf(ExaminationFacts) })
export type NewExamination = z.output<typeof NewExamination>

/** Replaces the classes that are given. */
export const ExaminationChange = z
  .strictObject({ ...contents, facts: secretOf(ExaminationFacts).optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'nothing to change')
export type ExaminationChange = z.output<typeof ExaminationChange>

const heading = {
  id: idOf('examinations'),
  case_id: idOf('cases'),
  version: z.int(),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
}
export const ExaminationReceipt = z.object(heading)
export const Examination = z.object({
  ...heading,
  identity: secretOf(ExaminationIdentity).nullable(),
  narrative: secretOf(ExaminationNarrative).nullable(),
  facts: secretOf(ExaminationFacts).nullable(),
})
export type Examination = z.output<typeof Examination>
export const ExaminationPage = pageOf(Examination)
