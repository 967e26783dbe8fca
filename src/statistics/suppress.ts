import { at, entriesAt, type Table } from './grid.ts'
import { type Differences, otherTables, type Target } from './other-tables.ts'

/** Fewer persons than this are small. Nobody at all is small too: else each mark would prove that somebody is there. */
export const SMALL_BELOW = 5

/**
 * Which positions to hide, so that from all that is shown nobody can prove that a small one is not empty, nor that it
 * is below five, nor compute any hidden count.
 *
 * For each small position two other tables are kept that fit everything shown: in one it is 0, in the other 5 or more.
 * At first nothing is shown and any table fits. Then one count after another is shown, the most summed up and the
 * largest first, provided that all those tables can be kept or replaced. What cannot be shown has a table of its own
 * from then on, in which it is different. In the limit everything stays hidden.
 * NOTE: the promise is about one table. The difference of two tables over overlapping records is not protected, and
 * what the choice itself tells a reader of this code is not either.
 */
export function positionsToHide(table: Table): boolean[] {
  const hidden = table.counts.map(() => true)
  const others = keepTables(table, hidden)
  for (const position of fitToShow(table)) {
    hidden[position] = false
    if (!others.stillFit(position)) hidden[position] = true
  }
  return hidden
}

/** The positions that are not small: those that sum up most first, then the largest. */
function fitToShow({ sizes, counts, persons }: Table): number[] {
  const totals = counts.map(
    (_, position) => entriesAt(sizes, position).filter((entry, axis) => entry === at(sizes, axis) - 1).length,
  )
  return [...counts.keys()]
    .filter((position) => at(persons, position) >= SMALL_BELOW)
    .sort((a, b) => at(totals, b) - at(totals, a) || at(counts, b) - at(counts, a) || a - b)
}

const totalsIn = ({ sizes }: Pick<Table, 'sizes'>, position: number): number =>
  entriesAt(sizes, position).filter((entry, axis) => entry === at(sizes, axis) - 1).length

/** The other tables, one a target, and which of them are touched when a position is shown. */
function keepTables(table: Table, hidden: readonly boolean[]) {
  const search = otherTables(table, hidden)
  const spared = otherTables(
    table,
    hidden.map((_, position) => at(table.persons, position) < SMALL_BELOW || totalsIn(table, position) < 2),
  )
  const kept = new Map<Target, Differences>()
  const failures = new Map<Target, number>()
  const touching = table.counts.map(() => new Set<Target>())
  for (const target of smallTargets(table)) {
    const found = spared.find(target) ?? search.find(target)
    if (found === undefined) throw new Error('with everything hidden, every other table fits')
    keep(target, found)
  }
  return { stillFit }

  /** Whether all targets are met when this position is shown too; if not, all stays as it was. */
  function stillFit(position: number): boolean {
    const replacements = new Map<Target, Differences>()
    const touched = [...(touching[position] ?? [])].sort((a, b) => (failures.get(b) ?? 0) - (failures.get(a) ?? 0))
    for (const target of touched) {
      const found = search.find(target)
      if (found === undefined) {
        failures.set(target, (failures.get(target) ?? 0) + 1)
        keepDifferent(position, target)
        return false
      }
      replacements.set(target, found)
    }
    for (const [target, found] of replacements) keep(target, found)
    return true
  }

  /** The table that could not be replaced is also one in which the position differs. */
  function keepDifferent(position: number, target: Target): void {
    const differences = kept.get(target) ?? new Map<number, number>()
    keep({ position, change: differences.get(position) ?? 0 }, differences)
  }

  function keep(target: Target, differences: Differences): void {
    for (const position of kept.get(target)?.keys() ?? []) touching[position]?.delete(target)
    for (const position of differences.keys()) touching[position]?.add(target)
    kept.set(target, differences)
  }
}

/** Each small position once at 0 and once at 5 or more, where it is not there already. */
function smallTargets({ counts, persons }: Table): Target[] {
  return counts.flatMap((count, position) => {
    if (at(persons, position) >= SMALL_BELOW) return []
    const down = count > 0 ? [{ position, change: -count }] : []
    const up = count < SMALL_BELOW ? [{ position, change: SMALL_BELOW - count }] : []
    return [...down, ...up]
  })
}
