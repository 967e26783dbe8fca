import { Temporal } from 'temporal-polyfill'
import type { Id } from '../platform/kernel/ids.ts'
import type { ExhaustionRule, RuleRef } from '../reference/schema.ts'
import type { Effect, ProceedingLegal, Reason, StateExhaustion } from './schema.ts'

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
  const answer = {
    state,
    final_served_on: lastDayOf(final, 'served_on'),
    final_decided_on: lastDayOf(final, 'decided_on'),
    rule: ruled?.ref ?? null,
  }
  if (ruled === undefined) return { ...answer, status: 'needs_judgement', reasons: [because('no_rule')] }

  const granted = final.filter(({ told }) => told.result === 'granted')
  if (granted.length > 0) return { ...answer, status: 'needs_judgement', reasons: each('remedy_granted', granted) }
  const byRule = final.filter(({ told }) => ruled.rule.final_steps.includes(told.step_code))
  if (byRule.length > 0) return { ...answer, status: 'exhausted', reasons: each('final_step_decided', byRule) }
  if (final.length > 0) return { ...answer, status: 'needs_judgement', reasons: each('final_by_judgement', final) }
  return { ...answer, ...withoutFinal(steps, ruled.rule, on) }
}

function withoutFinal(
  steps: readonly Step[],
  rule: ExhaustionRule,
  on: string,
): Pick<StateExhaustion, 'status' | 'reasons'> {
  const claimed = steps.flatMap((step) => claimOf(step))
  if (claimed.length > 0) return { status: 'exception_claimed', reasons: claimed }
  const long = steps.filter((step) => isPendingLong(step, rule, on))
  if (long.length > 0) return { status: 'needs_judgement', reasons: each('pending_long', long) }
  return { status: 'not_exhausted', reasons: [because('final_step_open')] }
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
