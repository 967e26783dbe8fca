import { lastDay } from '../deadlines/service.ts'
import type { DeadlineRule, Mechanism } from '../reference/schema.ts'
import { because, type Claim, type Ruled } from './claim.ts'
import { anyUntil, type DayRange, exactly, rangeOf } from './day-range.ts'
import type { Reason } from './schema.ts'

type Clock = { readonly mechanism: Ruled<Mechanism>; readonly deadlines: readonly Ruled<DeadlineRule>[] }

const check = 'deadline'

/** Until when a complaint may be filed. */
export function timeLimitOf(claim: Claim, { mechanism, deadlines }: Clock): Reason[] {
  const { rule, ref } = mechanism
  switch (rule.time_limit.code) {
    case 'NONE':
      return [because(ref, { check, code: 'no_time_limit', effect: 'passes' })]
    case 'UNREASONABLE_DELAY':
      return [because(ref, { check, code: 'delay_is_judged', effect: 'warns' })]
    case 'NOT_IN_FORCE':
      return []
    case 'FIXED_6M':
    case 'FIXED_1Y':
    case 'ABUSE_5Y_3Y':
      return [
        afterRemedies(claim, { mechanism, deadlines }),
        ...afterOthers(claim, deadlines.find(named(`${rule.id}-FILING-OTHER`))),
      ]
  }
}

const named = (name: string) => (found: Ruled<DeadlineRule>) => found.rule.code === name

function afterRemedies(claim: Claim, { mechanism, deadlines }: Clock): Reason {
  const found = deadlines.find(named(`${mechanism.rule.id}-FILING`))
  if (found === undefined) return because(mechanism.ref, { check, code: 'rule_missing', effect: 'doubts' })
  const served = servedRange(claim)
  if (served === undefined) {
    const effect = mechanism.rule.time_limit.code === 'ABUSE_5Y_3Y' ? 'warns' : 'doubts'
    return because(found.ref, { check, code: 'clock_not_started', effect })
  }
  return against(claim, { from: served, found, late: lateness(claim, mechanism.rule) })
}

/** The day on which the last final decision was received, as far as it is known. */
function servedRange({ remedies, on }: Claim): DayRange | undefined {
  if (remedies === undefined) return undefined
  const { final_served_on: served, final_decided_on: decided, status } = remedies
  // A later decision of which the service is not recorded was served on its day or after.
  if (decided !== null && (served === null || served < decided)) return { earliest: decided, latest: on }
  if (served !== null) return exactly(served)
  return status === 'exhausted' ? anyUntil(on) : undefined
}

type Late = Pick<Reason, 'code' | 'effect'>

function lateness({ is_late_explained }: Claim, { time_limit, coded }: Mechanism): Late {
  if (time_limit.code === 'ABUSE_5Y_3Y') return { code: 'late_may_be_abuse', effect: 'doubts' }
  const isExcused = is_late_explained && coded.late === 'unless_impossible'
  return isExcused ? { code: 'late_with_a_reason', effect: 'doubts' } : { code: 'late', effect: 'bars' }
}

/** The other clock of the Human Rights Committee: from the end of another international procedure. */
function afterOthers(claim: Claim, found: Ruled<DeadlineRule> | undefined): Reason[] {
  if (found === undefined) return []
  const ended = claim.elsewhere.filter(({ status, same_matter }) => status === 'decided' && same_matter !== 'no')
  return ended.map(({ ended_on }) => {
    const from = ended_on === undefined ? anyUntil(claim.on) : rangeOf(ended_on)
    return against(claim, { from, found, late: { code: 'late_may_be_abuse', effect: 'doubts' } })
  })
}

type Term = { readonly from: DayRange; readonly found: Ruled<DeadlineRule>; readonly late: Late }

const noCalendar = { weekend: [], every_year: [], days_off: [] }

function against({ on }: Claim, { from, found: { rule, ref }, late }: Term): Reason {
  const [first, last] = [from.earliest, from.latest].map((day) => lastDay(day, { ...rule, end: 'stays' }, noCalendar))
  if (first === undefined || last === undefined) throw new Error('a term has an end')
  if (on <= first) return because(ref, { check, code: 'in_time', effect: 'passes', day: first })
  if (on > last) return because(ref, { check, ...late, day: last })
  return because(ref, { check, code: 'possibly_late', effect: 'doubts', day: first })
}
