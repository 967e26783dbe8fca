import type { StateExhaustion } from '../proceedings/schema.ts'
import type { Acceptance, DeadlineRule, Mechanism, OtherMechanism, RuleRef, State } from '../reference/schema.ts'
import type { DayRange } from './day-range.ts'
import type { ClaimLegal, Elsewhere, Reason, Tri } from './schema.ts'

/** A row of reference with the name it is answered under. */
export type Ruled<R> = { readonly rule: R; readonly ref: RuleRef }

/** The rows that answers are computed from, as they hold on a day. */
export type Rows = {
  readonly mechanisms: readonly Ruled<Mechanism>[]
  readonly others: readonly Ruled<OtherMechanism>[]
  readonly acceptance: readonly Ruled<Acceptance>[]
  readonly deadlines: readonly Ruled<DeadlineRule>[]
}

/** All that is asked of a case, for one State. */
export type Claim = {
  readonly on: string
  readonly state: State
  readonly began: DayRange
  readonly ended: DayRange
  readonly continues: Tri
  readonly articles: readonly string[]
  readonly violations: readonly string[]
  readonly victims_are_children: Tri
  readonly is_anonymous: boolean
  readonly is_urgent: Tri
  readonly is_late_explained: boolean
  readonly elsewhere: readonly Elsewhere[]
  readonly projects: ClaimLegal['projects']
  readonly remedies: StateExhaustion | undefined
}

type Said = Pick<Reason, 'check' | 'code' | 'effect'> & { readonly day?: string }

/** No door is called shut on a row of low certainty: that is for a lawyer to judge. */
export const because = (rule: RuleRef, { day, effect, ...said }: Said): Reason => ({
  ...said,
  effect: effect === 'bars' && rule.certainty === 'low' ? 'doubts' : effect,
  day: day ?? null,
  rule,
})

export const inFamily = (code: string, family: string): boolean => code === family || code.startsWith(`${family}-`)
