import type { IncidentFacts } from '../incidents/schema.ts'
import { caseIncidentFacts } from '../incidents/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { StateExhaustion } from '../proceedings/schema.ts'
import { State } from '../reference/schema.ts'
import type { Claim } from './claim.ts'
import { anyUntil, type DayRange, exactly, firstOf, lastOf, rangeOf } from './day-range.ts'
import type { ClaimLegal, Tri } from './schema.ts'

type Known = {
  readonly on: string
  readonly said: ClaimLegal
  readonly exhaustion: readonly StateExhaustion[]
}

/** A claim for each State that the case is about; of what nobody wrote down, what its incidents say. */
export async function gatherClaims(act: Act, id: Id<'cases'>, known: Known): Promise<Claim[]> {
  const linked = (await caseIncidentFacts(act, id)).map((facts) => consult(facts, (told) => outline(told, known.on)))
  return statesOf(known, linked).map((state) => {
    const there = linked.filter((incident) => incident.country === state)
    return claimFor(state, known, there)
  })
}

/** What of an incident bears on admissibility. */
type Outline = {
  readonly country: string
  readonly began: DayRange
  readonly ended: DayRange
  readonly goes_on: boolean
  readonly violations: readonly string[]
}

function outline({ place, occurred, acts }: IncidentFacts, on: string): Outline {
  const about = { country: place.country, violations: acts.map(({ violation }) => violation) }
  if (occurred.precision === 'unknown') return { ...about, began: anyUntil(on), ended: anyUntil(on), goes_on: false }
  const began = rangeOf(occurred.from)
  if (occurred.precision !== 'range' && occurred.precision !== 'estimated')
    return { ...about, began, ended: began, goes_on: false }
  const goes_on = occurred.to === undefined
  return { ...about, began, ended: occurred.to === undefined ? exactly(on) : rangeOf(occurred.to), goes_on }
}

function statesOf({ said, exhaustion }: Known, linked: readonly Outline[]): State[] {
  if (said.state !== undefined) return [said.state]
  const named = [...linked.map(({ country }) => country), ...exhaustion.map(({ state }) => state)]
  return State.options.filter((state) => named.includes(state))
}

function claimFor(state: State, { on, said, exhaustion }: Known, there: readonly Outline[]): Claim {
  const began = said.began === undefined ? firstOf(there.map((one) => one.began)) : rangeOf(said.began)
  const { articles, victims_are_children, is_anonymous, is_urgent, elsewhere, projects } = said
  return {
    on,
    state,
    began: began ?? anyUntil(on),
    ended: endOf(said, there) ?? began ?? anyUntil(on),
    continues: continuing(said, there),
    articles,
    violations: said.violations.length > 0 ? said.violations : [...new Set(there.flatMap((one) => one.violations))],
    victims_are_children,
    is_anonymous,
    is_urgent,
    is_late_explained: said.late_because !== undefined,
    elsewhere,
    projects,
    remedies: exhaustion.find((found) => found.state === state),
  }
}

function endOf({ began, ended }: ClaimLegal, there: readonly Outline[]): DayRange | undefined {
  if (ended !== undefined) return rangeOf(ended)
  return began === undefined ? lastOf(there.map((one) => one.ended)) : rangeOf(began)
}

/** That it goes on is a lawyer's word; an open range of a report only raises the question. */
function continuing({ continues }: ClaimLegal, there: readonly Outline[]): Tri {
  if (continues !== 'unclear') return continues
  return there.length > 0 && there.every(({ goes_on }) => !goes_on) ? 'no' : 'unclear'
}
