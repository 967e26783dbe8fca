import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'

/** For whom somebody stands in a case: with us, accused, or neither. */
export const Side = z.enum(['client', 'accused', 'other'])
export type Side = z.output<typeof Side>

/** Who is asked for. Only names, years and sides leave the case, and only until it is answered. */
export const AskedParties = z.strictObject({
  parties: z
    .array(
      z.strictObject({
        side: Side,
        names: z.array(z.strictObject({ text: z.string() })),
        born: z.string().optional(),
      }),
    )
    .max(2_000),
})
export type AskedParties = z.output<typeof AskedParties>

/** What a case answers: not who, and not on which side. */
export const Answer = z.strictObject({ is_alike: z.boolean() })
export type Answer = z.output<typeof Answer>

export const CasePath = z.strictObject({ id: idOf('cases') })

const heading = {
  id: idOf('conflict_questions'),
  case_id: idOf('cases'),
  asked_by: idOf('users'),
  asked_on: z.iso.date(),
}
export const QuestionReceipt = z.object(heading)

/** `ask_coordinator`: the organisation holds somebody of a like name on another side. */
const Result = z.enum(['waiting', 'clear', 'ask_coordinator'])

export const CaseQuestions = z.object({ items: z.array(z.object({ ...heading, result: secretOf(Result) })) })

export const Answered = z.object({
  answered: z.int(),
  may_be_more: z.boolean().meta({ description: 'Whether to ask again: one request answers a bounded number' }),
})

export const Questions = z.object({
  items: z.array(
    z.object({
      ...heading,
      result: secretOf(Result),
      waiting_for: z.int().meta({ description: 'How many cases have not answered yet' }),
      alike_by: z.array(idOf('users')).meta({ description: 'Who answered for the cases that hold somebody alike' }),
    }),
  ),
})
