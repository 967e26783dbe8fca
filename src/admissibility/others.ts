import { lastDay } from '../deadlines/service.ts'
import type { Acceptance, OtherMechanism } from '../reference/schema.ts'
import { because, type Claim, type Ruled } from './claim.ts'
import { isDay, rangeOf } from './day-range.ts'
import type { Reason } from './schema.ts'

type Other = Ruled<OtherMechanism>
type Codes = OtherMechanism['coded']

/** Why a mechanism outside the committees is open to a claim, or not. */
export function othersOf(claim: Claim, other: Other, acceptance: readonly Ruled<Acceptance>[]): Reason[] {
  const { coded } = other.rule
  return [
    doorOf(coded, other),
    ...(coded.states.length === 0 ? [] : [inState(claim, other)]),
    ...(coded.violations.length === 0 ? [] : [aboutOf(claim, other)]),
    ...(coded.is_urgent === true ? [urgencyOf(claim, other)] : []),
    ...(coded.door === 'project' ? projectOf(claim, other) : []),
    ...notWhile(claim, other),
    ...afterTreaty(claim, other, acceptance),
    ...soonOf(claim, other),
  ]
}

const doors = {
  open: { code: 'open_to_individuals', effect: 'passes' },
  project: { code: 'open_to_those_whom_a_project_affects', effect: 'passes' },
  by_cycle: { code: 'only_when_the_State_is_reviewed', effect: 'doubts' },
  states_only: { code: 'for_States_only', effect: 'bars' },
  workers_only: { code: 'for_organisations_of_workers_or_employers', effect: 'doubts' },
  no_complaints: { code: 'takes_no_complaints', effect: 'bars' },
} as const

const doorOf = ({ door }: Codes, { ref }: Other) => because(ref, { check: 'door', ...doors[door] })

const inState = ({ state }: Claim, { rule, ref }: Other): Reason =>
  rule.coded.states.includes(state)
    ? because(ref, { check: 'acceptance', code: 'there_for_this_State', effect: 'passes' })
    : because(ref, { check: 'acceptance', code: 'not_there_for_this_State', effect: 'bars' })

const isOf = (code: string, family: string): boolean => code === family || code.startsWith(`${family}_`)

function aboutOf({ violations }: Claim, { rule, ref }: Other): Reason {
  const check = 'subject'
  if (violations.length === 0) return because(ref, { check, code: 'no_violation_named', effect: 'doubts' })
  return violations.some((violation) => rule.coded.violations.some((family) => isOf(violation, family)))
    ? because(ref, { check, code: 'violation_named', effect: 'passes' })
    : because(ref, { check, code: 'about_other_violations', effect: 'bars' })
}

function urgencyOf({ is_urgent }: Claim, { ref }: Other): Reason {
  const effects = { yes: 'passes', no: 'bars', unclear: 'doubts' } as const
  const codes = { yes: 'urgent', no: 'not_urgent', unclear: 'perhaps_urgent' } as const
  return because(ref, { check: 'subject', code: codes[is_urgent], effect: effects[is_urgent] })
}

const noCalendar = { weekend: [], every_year: [], days_off: [] }

const monthsAfter = (day: string, number: number) =>
  lastDay(day, { count: { unit: 'months', number }, end: 'stays' }, noCalendar)

/** Banks: a project of theirs, enough people, and not long after its end. The ends are words of policies: never a bar. */
function projectOf({ projects, on }: Claim, { rule, ref }: Other): Reason[] {
  const project = projects.find(({ mechanism }) => mechanism === rule.id)
  if (project === undefined) return [because(ref, { check: 'subject', code: 'no_project_named', effect: 'bars' })]
  const { people_min = 1, closes_months } = rule.coded
  const people =
    project.people < people_min ? [because(ref, { check: 'victim', code: 'too_few_people', effect: 'bars' })] : []
  if (project.closed_on === undefined || closes_months === undefined) return people
  const { earliest, latest } = rangeOf(project.closed_on)
  const day = monthsAfter(earliest, closes_months)
  if (on <= day) return [...people, because(ref, { check: 'deadline', code: 'in_time', effect: 'passes', day })]
  const code = on > monthsAfter(latest, closes_months) ? 'late_unless_the_policy_differs' : 'possibly_late'
  return [...people, because(ref, { check: 'deadline', code, effect: 'doubts', day })]
}

function notWhile({ elsewhere }: Claim, { rule, ref }: Other): Reason[] {
  const bodies = rule.coded.not_while ?? []
  const isThere = elsewhere.some(
    ({ body, status, same_matter }) => bodies.includes(body) && status === 'pending' && same_matter !== 'no',
  )
  return isThere ? [because(ref, { check: 'same_matter', code: 'possibly_pending_elsewhere', effect: 'doubts' })] : []
}

/** For what happened since the treaty bound the State. Its ratification is known; from when it bound, perhaps not. */
function afterTreaty({ state, ended }: Claim, { rule }: Other, acceptance: readonly Ruled<Acceptance>[]): Reason[] {
  const isIt = ({ rule: row }: Ruled<Acceptance>) => row.mechanism === rule.coded.after_treaty && row.state === state
  return acceptance.filter(isIt).map((found) => sinceTreaty(ended.latest, found))
}

function sinceTreaty(ended: string, { rule: { treaty_in_force, treaty_date }, ref }: Ruled<Acceptance>): Reason {
  const check = 'time'
  const day = treaty_in_force ?? treaty_date
  if (isDay(day) && ended < day) return because(ref, { check, code: 'before_the_treaty', effect: 'bars', day })
  return treaty_in_force === undefined
    ? because(ref, { check, code: 'day_not_known', effect: 'warns' })
    : because(ref, { check, code: 'after_the_treaty', effect: 'passes', day: treaty_in_force })
}

/** Until when the body treats it as urgent. */
function soonOf({ began, on }: Claim, { rule, ref }: Other): Reason[] {
  const { urgent_months } = rule.coded
  if (urgent_months === undefined) return []
  const day = monthsAfter(began.earliest, urgent_months)
  return on <= day ? [because(ref, { check: 'deadline', code: 'urgent_procedure_until', effect: 'warns', day })] : []
}
