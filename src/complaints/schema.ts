import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'
import { Stage, StepName } from './lifecycle.ts'
import { ComplaintIdentity, ComplaintLegal, ComplaintNarrative, NewLegal } from './schema-content.ts'

export const COMPLAINTS_MAX = 50
export const ComplaintStage = Stage
export const STEPS_MAX = 200
export const LETTERS_MAX = 200

const text = (max: number) => z.string().trim().min(1).max(max)

export const NewComplaint = z.strictObject({
  legal: secretOf(NewLegal),
  identity: secretOf(ComplaintIdentity),
  narrative: secretOf(ComplaintNarrative).prefault({}),
})
export type NewComplaint = z.output<typeof NewComplaint>

/** A class that is given replaces that class whole. */
export const ComplaintChange = z
  .strictObject({
    legal: secretOf(NewLegal).optional(),
    identity: secretOf(ComplaintIdentity).optional(),
    narrative: secretOf(ComplaintNarrative).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'give at least one class')
export type ComplaintChange = z.output<typeof ComplaintChange>

const needs: Partial<Record<StepName, 'number' | 'other' | 'outcome' | 'about'>> = {
  registered: 'number',
  joined: 'other',
  separated: 'other',
  decided: 'outcome',
  observations: 'about',
}

export const StepLegal = z
  .strictObject({
    step: StepName,
    on: z.iso.date().regex(/^(19|20)/),
    /** The number of the communication. */
    number: text(60).optional(),
    about: z.enum(['admissibility', 'merits', 'both']).optional(),
    outcome: termCode('complaint_outcomes').optional(),
    symbol: text(100).optional(),
    /** The complaint that it was joined with or separated from. */
    other: idOf('complaints').optional(),
    letter_id: idOf('complaint_letters').optional(),
    note: text(2_000).optional(),
  })
  .refine((given) => {
    const needed = needs[given.step]
    return needed === undefined || given[needed] !== undefined
  }, 'registered takes number, decided outcome, observations about, joined and separated other')
export type StepLegal = z.output<typeof StepLegal>

/** What is counted of a complaint, and of a step. */
export const ComplaintFacts = ComplaintLegal.pick({ mechanism: true })
export type ComplaintFacts = z.output<typeof ComplaintFacts>
export const StepFacts = z.strictObject({ step: StepName, outcome: StepLegal.shape.outcome })
export type StepFacts = z.output<typeof StepFacts>

export const NewStep = z.strictObject({ legal: secretOf(StepLegal) })
export const StepChange = z
  .strictObject({ legal: secretOf(StepLegal).optional(), is_void: z.boolean().optional() })
  .refine(({ legal, is_void }) => legal !== undefined || is_void !== undefined, 'nothing to change')
export type StepChange = z.output<typeof StepChange>

const Translation = z.strictObject({
  language: termCode('languages'),
  status: z.enum(['not_needed', 'needed', 'ordered', 'done', 'checked']),
  evidence_id: idOf('evidence_items').optional(),
})

export const LetterLegal = z.strictObject({
  direction: z.enum(['in', 'out']),
  with: z.enum(['body', 'state', 'author', 'other']),
  on: z.iso.date().regex(/^(19|20)/),
  about: text(500),
  language: termCode('languages').optional(),
  /** The letter itself, an item of evidence of the same case. */
  evidence_id: idOf('evidence_items').optional(),
  translations: z.array(Translation).max(10).default([]),
  note: text(2_000).optional(),
})
export type LetterLegal = z.output<typeof LetterLegal>
export const NewLetter = z.strictObject({ legal: secretOf(LetterLegal) })

export const CasePath = z.strictObject({ id: idOf('cases') })
export const ComplaintPath = z.strictObject({ id: idOf('cases'), complaint_id: idOf('complaints') })
export const StepPath = ComplaintPath.extend({ step_id: idOf('complaint_steps') })
export const LetterPath = ComplaintPath.extend({ letter_id: idOf('complaint_letters') })

const heading = {
  id: idOf('complaints'),
  case_id: idOf('cases'),
  version: z.int(),
  stage: Stage,
  opened_by: idOf('users'),
  opened_on: z.iso.date(),
}
export const ComplaintReceipt = z.object(heading)
export type ComplaintReceipt = z.output<typeof ComplaintReceipt>

const stepHeading = {
  id: idOf('complaint_steps'),
  complaint_id: idOf('complaints'),
  version: z.int(),
  is_void: z.boolean(),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
}
/** `stage`: where the complaint stands after it. */
export const StepReceipt = z.object({ ...stepHeading, stage: Stage })
export type StepReceipt = z.output<typeof StepReceipt>

const letterHeading = {
  id: idOf('complaint_letters'),
  complaint_id: idOf('complaints'),
  version: z.int(),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
}
export const LetterReceipt = z.object(letterHeading)
export type LetterReceipt = z.output<typeof LetterReceipt>

/** What was sealed goes out as it is: the lists of codes may have changed since. */
const kept = <S extends z.ZodType>(schema: S) => {
  const shape = Object.entries(z.toJSONSchema(schema, { io: 'input' })).filter(([name]) => name !== '$schema')
  return secretOf(z.custom<z.output<S>>().meta(Object.fromEntries(shape))).nullable()
}

const Step = z.object({ ...stepHeading, legal: kept(StepLegal) })
export type Step = z.output<typeof Step>
const Letter = z.object({ ...letterHeading, legal: kept(LetterLegal) })
export type Letter = z.output<typeof Letter>

const day = z.iso.date().nullable()
/** Six days that are never the same thing; the clock of the follow-up starts at the last. */
const Dates = z.object({
  submitted_on: day,
  registered_on: day,
  transmitted_on: day,
  adopted_on: day,
  published_on: day,
  decision_transmitted_on: day,
})

export const Complaint = z.object({
  ...heading,
  identity: kept(ComplaintIdentity),
  narrative: kept(ComplaintNarrative),
  legal: kept(ComplaintLegal),
  dates: secretOf(Dates),
  may_follow: secretOf(z.array(StepName)),
  steps: z.array(Step),
  letters: z.array(Letter),
})
export type Complaint = z.output<typeof Complaint>
export const Complaints = z.object({ items: z.array(Complaint) })
