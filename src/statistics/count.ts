import type { IncidentFacts } from '../incidents/schema.ts'
import { positionsWith, type Table } from './grid.ts'

/** Stands where a code is not known. */
const UNKNOWN = 'unknown'

/** Somebody, or a group by its count, and what the report says was done to them, where, and in which year. */
export type Victim = {
  readonly persons: number
  readonly violations: readonly string[]
  readonly country: string
  readonly year: string
}

/** A table and the codes of its axes, in order; their total, the last entry of each axis, has none. */
export type Cube = { readonly axes: readonly (readonly string[])[]; readonly table: Table }

/** The victims of one report. A violation that stands there twice for the same person is one. */
export function victimsOf({ parties, acts, place, occurred }: IncidentFacts): Victim[] {
  return parties
    .filter(({ roles, sort }) => roles.includes('victim') && sort !== 'institution')
    .map(({ ref, count }) => {
      const violations = new Set(acts.filter((act) => act.victim_ref === ref).map(({ violation }) => violation))
      return {
        persons: count ?? 1,
        violations: violations.size === 0 ? [UNKNOWN] : [...violations],
        country: place.country,
        year: yearOf(occurred),
      }
    })
}

/** The year in which it began; unknown where an estimate covers several. */
function yearOf(occurred: IncidentFacts['occurred']): string {
  if (occurred.precision === 'unknown') return UNKNOWN
  const year = occurred.from.slice(0, 4)
  const isVague = occurred.precision === 'estimated' && occurred.to !== undefined && occurred.to.slice(0, 4) !== year
  return isVague ? UNKNOWN : year
}

/** Counts in every cell and margin. Totals are sums, so somebody with two violations counts twice in those over both. */
export function countVictims(victims: readonly Victim[]): Cube {
  const axes = [
    codesOf(victims.flatMap(({ violations }) => violations)),
    codesOf(victims.map(({ country }) => country)),
    codesOf(victims.map(({ year }) => year)),
  ]
  const sizes = axes.map((codes) => codes.length + 1)
  const counts = Array.from({ length: sizes.reduce((product, size) => product * size, 1) }, () => 0)
  const persons = [...counts]
  for (const victim of victims) {
    const cells = victim.violations.map((violation) =>
      [violation, victim.country, victim.year].map((code, axis) => axes[axis]?.indexOf(code) ?? 0),
    )
    const positions = cells.flatMap((cell) => positionsWith(sizes, cell))
    for (const position of positions) add(counts, position, victim.persons)
    for (const position of new Set(positions)) add(persons, position, victim.persons)
  }
  return { axes, table: { sizes, counts, persons } }
}

/** By code point, so that the order is the same on every machine. */
const codesOf = (codes: readonly string[]): string[] => [...new Set(codes)].sort()

function add(numbers: number[], index: number, number: number): void {
  numbers[index] = (numbers[index] ?? 0) + number
}
