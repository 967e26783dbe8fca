import type { Acceptance, Mechanism, RuleRef } from '../reference/schema.ts'
import { because, type Claim, type Ruled } from './claim.ts'
import { isDay } from './day-range.ts'
import type { Reason } from './schema.ts'

/** Whether the State accepted the procedure, and whether it had when it happened. */
export function acceptanceOf(
  claim: Claim,
  mechanism: Ruled<Mechanism>,
  accepted: Ruled<Acceptance> | undefined,
): Reason[] {
  if (mechanism.rule.in_force === false)
    return [because(mechanism.ref, { check: 'acceptance', code: 'not_in_force', effect: 'bars' })]
  if (accepted === undefined)
    return [because(mechanism.ref, { check: 'acceptance', code: 'not_looked_up', effect: 'doubts' })]
  const { rule, ref } = accepted
  if (!rule.complaint_accepted) return [because(ref, { check: 'acceptance', code: 'not_accepted', effect: 'bars' })]
  const limits = rule.limits === null ? [] : [because(ref, { check: 'time', code: 'limits', effect: 'warns' })]
  return [...sinceWhen(claim, ref, rule.complaint_in_force), ...limits]
}

function sinceWhen(claim: Claim, ref: RuleRef, day: string | null): Reason[] {
  if (!isDay(day)) return [because(ref, { check: 'acceptance', code: 'day_not_known', effect: 'doubts' })]
  if (day > claim.on) return [because(ref, { check: 'acceptance', code: 'not_accepted_yet', effect: 'bars', day })]
  return [
    because(ref, { check: 'acceptance', code: 'accepted', effect: 'passes', day }),
    because(ref, { check: 'time', ...inTime(claim, day), day }),
  ]
}

/** What happened before the State was bound is outside, unless it went on afterwards. */
function inTime({ began, ended, continues }: Claim, day: string): Pick<Reason, 'code' | 'effect'> {
  if (began.earliest >= day) return { code: 'after_acceptance', effect: 'passes' }
  if (continues === 'yes') return { code: 'continues_after_acceptance', effect: 'passes' }
  if (ended.latest < day && continues === 'no') return { code: 'before_acceptance', effect: 'bars' }
  if (ended.latest < day) return { code: 'before_acceptance_unless_it_continues', effect: 'doubts' }
  const isSplit = began.latest < day && ended.earliest >= day
  return { code: isSplit ? 'partly_before_acceptance' : 'possibly_before_acceptance', effect: 'doubts' }
}
