import { setImmediate as nextTurn } from 'node:timers/promises'
import { at, entriesAt, type Table } from './grid.ts'
import type { Change } from './box.ts'
import { type Differences, otherTables } from './other-tables.ts'

/** Fewer persons than this are small. Nobody at all is small too: else each mark would prove that somebody is there. */
const SMALL_BELOW = 5
const TURN_MS = 20

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
export async function positionsToHide(table: Table): Promise<boolean[]> {
  const hidden = table.counts.map(() => true)
  const fit = fitToShow(table)
  if (fit.length === 0) return hidden

  const others = await keepTables(table, hidden)
  for (const position of fit) {
    hidden[position] = false
    if (!(await others.stillFit(position))) hidden[position] = true
  }
  return hidden
}

/** The positions that are not small: those that sum up most first, then the largest. */
function fitToShow({ sizes, counts, persons }: Table): number[] {
  const totals = counts.map((_, position) => totalsAt(sizes, position))
  return [...counts.keys()]
    .filter((position) => at(persons, position) >= SMALL_BELOW)
    .sort((a, b) => at(totals, b) - at(totals, a) || at(counts, b) - at(counts, a) || a - b)
}

const totalsAt = (sizes: readonly number[], position: number): number =>
  entriesAt(sizes, position).filter((entry, axis) => entry === at(sizes, axis) - 1).length

/** The other tables, one a target. `hidden` is read anew at each search. */
async function keepTables(table: Table, hidden: readonly boolean[]) {
  const { sizes, counts, persons } = table
  const search = otherTables(table, hidden)
  const kept = new Map<Change, Differences>()
  const failures = new Map<Change, number>()
  const touching = counts.map(() => new Set<Change>())
  const breathe = inTurns()

  // Tables that leave the totals of all and of single codes alone are tried first: those totals are shown first.
  const spared = counts.map((_, position) => at(persons, position) < SMALL_BELOW || totalsAt(sizes, position) < 2)
  const sparing = otherTables(table, spared)
  for (const target of smallTargets(table)) {
    const found = sparing.find(target) ?? search.find(target)
    if (found === undefined) throw new Error('no other table fits, though everything is hidden')
    keep(target, found)
    await breathe()
  }
  return { stillFit }

  /** Whether all targets are met when this position is shown too; if not, all stays as it was. Likely failures first. */
  async function stillFit(position: number): Promise<boolean> {
    const replacements = new Map<Change, Differences>()
    const failuresOf = (target: Change) => failures.get(target) ?? 0
    for (const target of [...(touching[position] ?? [])].sort((a, b) => failuresOf(b) - failuresOf(a))) {
      await breathe()
      const found = search.find(target)
      if (found === undefined) {
        failures.set(target, failuresOf(target) + 1)
        keepDifferent(position, kept.get(target) ?? new Map())
        return false
      }
      replacements.set(target, found)
    }
    for (const [target, found] of replacements) keep(target, found)
    return true
  }

  /** The table that could not be replaced is one in which this position differs too: from now on it must have one. */
  function keepDifferent(position: number, differences: Differences): void {
    keep({ position, change: Math.sign(differences.get(position) ?? 0) }, differences)
  }

  function keep(target: Change, differences: Differences): void {
    for (const position of kept.get(target)?.keys() ?? []) touching[position]?.delete(target)
    for (const position of differences.keys()) touching[position]?.add(target)
    kept.set(target, differences)
  }
}

/** Lets others have their turn every few milliseconds: this may take seconds. */
function inTurns(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < TURN_MS) return
    await nextTurn()
    since = performance.now()
  }
}

/** Each small position once at 0 and once at 5 or more, where it is not there already. */
function smallTargets({ counts, persons }: Table): Change[] {
  return counts.flatMap((count, position) => {
    if (at(persons, position) >= SMALL_BELOW) return []
    const down = count > 0 ? [{ position, change: -count }] : []
    const up = count < SMALL_BELOW ? [{ position, change: SMALL_BELOW - count }] : []
    return [...down, ...up]
  })
}
