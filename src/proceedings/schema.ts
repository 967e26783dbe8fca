import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { RuleRef, State } from '../reference/schema.ts'
import { termCode } from '../vocabularies/service.ts'

const TEXT_MAX = 2_000
const NAME_MAX = 300
export const STEPS_MAX = 200

const text = (max: number) => z.string().trim().min(1).max(max)

/** What a step means for exhaustion, in the lawyer's judgement. All but `none` and `final` claim an exception. */
export const Effect = z.enum(['none', 'final', 'unavailable', 'ineffective', 'prolonged', 'fear'])
export type Effect = z.output<typeof Effect>

const inOrder = ({ filed_on, decided_on, served_on }: StepDays): boolean => {
  const days = [filed_on, decided_on, served_on].filter((day) => day !== undefined)
  return days.join() === [...days].sort().join()
}
type StepDays = Partial<Record<'filed_on' | 'decided_on' | 'served_on', string | undefined>>

export const ProceedingLegal = z
  .strictObject({
    state: State,
    step_code: z.string().max(60).regex(/^\w+$/),
    authority: text(NAME_MAX).optional(),
    level: text(NAME_MAX).optional(),
    reference_no: text(NAME_MAX).optional(),
    filed_on: z.iso.date().optional(),
    decided_on: z.iso.date().optional(),
    served_on: z.iso.date().optional(),
    result: termCode('proceeding_results'),
    effect: Effect.default('none'),
    note: text(TEXT_MAX).optional(),
  })
  .refine(inOrder, 'filed_on, decided_on and served_on follow one another')
export type ProceedingLegal = z.output<typeof ProceedingLegal>

export const NewProceeding = z.strictObject({ legal: secretOf(ProceedingLegal) })
export type NewProceeding = z.output<typeof NewProceeding>

export const CasePath = z.strictObject({ id: idOf('cases') })
export const ProceedingPath = z.strictObject({ id: idOf('cases'), proceeding_id: idOf('proceedings') })

const heading = { id: idOf('proceedings'), case_id: idOf('cases'), version: z.int(), recorded_on: z.iso.date() }

export const ProceedingReceipt = z.object(heading)
export type ProceedingReceipt = z.output<typeof ProceedingReceipt>

const shape = Object.entries(z.toJSONSchema(ProceedingLegal, { io: 'input' })).filter(([name]) => name !== '$schema')
/** Sealed when the codes were those of another day: it goes out as it is. */
const KeptLegal = secretOf(z.custom<ProceedingLegal>().meta(Object.fromEntries(shape)))

export const Proceeding = z.object({ ...heading, recorded_by: idOf('users'), legal: KeptLegal.nullable() })
export type Proceeding = z.output<typeof Proceeding>
export const Proceedings = z.object({ items: z.array(Proceeding) })

const Reason = z.strictObject({
  code: z.enum([
    'final_step_decided',
    'final_by_judgement',
    'final_step_open',
    'remedy_granted',
    'exception_unavailable',
    'exception_ineffective',
    'exception_prolonged',
    'exception_fear',
    'pending_long',
    'begun_again',
    'other_way_open',
    'way_not_effective',
    'no_rule',
  ]),
  proceeding_id: idOf('proceedings').nullable(),
})
export type Reason = z.output<typeof Reason>

/** What follows from the steps in one State. Never a bar: it says what a committee would ask, and why. */
const StateExhaustion = z.strictObject({
  state: State,
  status: z.enum(['exhausted', 'not_exhausted', 'exception_claimed', 'needs_judgement']),
  reasons: z.array(Reason),
  /** The day on which the last final decision was served, from which the clocks of the committees run. */
  final_served_on: z.iso.date().nullable(),
  /** The day of the last final decision: it was served on that day or later. */
  final_decided_on: z.iso.date().nullable(),
  rule: RuleRef.nullable(),
})
export type StateExhaustion = z.output<typeof StateExhaustion>

export const Exhaustion = z.object({ id: idOf('cases'), on: z.iso.date(), states: secretOf(z.array(StateExhaustion)) })
export type Exhaustion = z.output<typeof Exhaustion>
