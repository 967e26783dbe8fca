import { Temporal } from 'temporal-polyfill'
import type { Id } from '../platform/kernel/ids.ts'
import type { ExhaustionRule, RuleRef } from '../reference/schema.ts'
import type { Effect, ProceedingLegal, Reason, StateExhaustion } from './schema.ts'
import { isBegunAgain, isEffective, isOtherWayOpen } from './ways.ts'

/** A step as it was recorded. */
export type Step = { readonly id: Id<'proceedings'>; readonly told: ProceedingLegal }

/** The rule of a State with the name it goes by; undefined where there is none. */
export type Ruled = { readonly rule: ExhaustionRule; readonly ref: RuleRef }

const refused = ['rejected', 'partly_granted', 'returned_without_consideration']
const undecided = ['pending', 'no_reply']

type Exception = Exclude<Effect, 'none' | 'final'>
const exceptionCodes = {
  unavailable: 'exception_unavailable',
  ineffective: 'exception_ineffective',
  prolonged: 'exception_prolonged',
  fear: 'exception_fear',
} as const satisfies Record<Exception, Reason['code']>

/** What the steps of one State come to, on a day, by its rule. */
export function exhaustionOf(
  { state, steps }: { state: StateExhaustion['state']; steps: readonly Step[] },
  ruled: Ruled | undefined,
  on: string,
): StateExhaustion {
  const final = steps.filter((step) => isFinal(step, ruled))
  const byRule = final.filter(({ told }) => ruled?.rule.final_steps.includes(told.step_code))
  const clock = byRule.length > 0 ? byRule : final
  const answer = {
    state,
    final_served_on: lastDayOf(clock, 'served_on'),
    final_decided_on: lastDayOf(clock, 'decided_on'),
    rule: ruled?.ref ?? null,
  }
  if (ruled === undefined) return { ...answer, status: 'needs_judgement', reasons: [because('no_rule')] }

  const granted = final.filter(({ told }) => told.result === 'granted')
  if (granted.length > 0) return { ...answer, status: 'needs_judgement', reasons: each('remedy_granted', granted) }
  if (byRule.length > 0) return { ...answer, ...withFinal(steps, ruled.rule, byRule) }
  if (final.length > 0) return { ...answer, status: 'needs_judgement', reasons: each('final_by_judgement', final) }
  return { ...answer, ...withoutFinal(steps, ruled.rule, on) }
}

type Answer = Pick<StateExhaustion, 'status' | 'reasons'>

/** One effective way that has ended is enough, unless it was taken up again, or another is still open. */
function withFinal(steps: readonly Step[], rule: ExhaustionRule, ends: readonly Step[]): Answer {
  const ended = ends.map(({ told }) => told)
  const effective = steps.filter((step) => !ends.includes(step) && isEffective(rule, step.told))
  const doubts = [
    ...each(
      'begun_again',
      effective.filter(({ told }) => isBegunAgain(rule, told, ended)),
    ),
    ...each(
      'other_way_open',
      effective.filter(({ told }) => isOtherWayOpen(rule, told, ended)),
    ),
  ]
  const reasons = [...doubts, ...each('final_step_decided', ends)]
  return { status: doubts.length > 0 ? 'needs_judgement' : 'exhausted', reasons }
}

/** What is claimed of a way that need not be tried excuses nothing. */
function withoutFinal(steps: readonly Step[], rule: ExhaustionRule, on: string): Answer {
  const effective = steps.filter(({ told }) => isEffective(rule, told))
  const claimed = effective.flatMap((step) => claimOf(step))
  if (claimed.length > 0) return { status: 'exception_claimed', reasons: claimed }
  const long = effective.filter((step) => isPendingLong(step, rule, on))
  if (long.length > 0) return { status: 'needs_judgement', reasons: each('pending_long', long) }
  const beside = each(
    'way_not_effective',
    steps.filter((step) => !effective.includes(step)),
  )
  return { status: 'not_exhausted', reasons: [because('final_step_open'), ...beside] }
}

/** Decided against the victim, or for: at a step that ends the way by the rule, or in the lawyer's judgement. */
function isFinal({ told }: Step, ruled: Ruled | undefined): boolean {
  const isDecided = told.result === 'granted' || refused.includes(told.result)
  return isDecided && (told.effect === 'final' || ruled?.rule.final_steps.includes(told.step_code) === true)
}

function claimOf({ id, told }: Step): Reason[] {
  const exception = exceptionOf(told)
  return exception === undefined ? [] : [{ code: exceptionCodes[exception], proceeding_id: id }]
}

function exceptionOf({ effect, result }: ProceedingLegal): Exception | undefined {
  if (effect !== 'none' && effect !== 'final') return effect
  if (result === 'not_attempted_ineffective') return 'ineffective'
  return result === 'not_attempted_risk' ? 'fear' : undefined
}

function isPendingLong({ told: { result, filed_on } }: Step, rule: ExhaustionRule, on: string): boolean {
  if (filed_on === undefined || !undecided.includes(result)) return false
  return Temporal.PlainDate.from(filed_on).add({ months: rule.months_prolonged }).toString() < on
}

const lastDayOf = (steps: readonly Step[], which: 'served_on' | 'decided_on'): string | null =>
  steps
    .flatMap(({ told }) => told[which] ?? [])
    .sort()
    .at(-1) ?? null

const because = (code: Reason['code'], id: Id<'proceedings'> | null = null): Reason => ({ code, proceeding_id: id })
const each = (code: Reason['code'], steps: readonly Step[]) => steps.map(({ id }) => because(code, id))
