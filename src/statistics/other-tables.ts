import { boxAt, type Change, type Ground } from './box.ts'
import { arrivals, departures, type Exchange } from './exchanges.ts'
import { at, entriesAt, type Entries, positionOf, positionsWith, type Table } from './grid.ts'

/** By how much each position of another table differs from the true one; what is not named is the same. */
export type Differences = ReadonlyMap<number, number>

/** Bounds the work, not the safety: what is not found stays hidden. */
const TRIES_PER_STEP = 100
const TRIES_IN_ALL = 250_000

/**
 * Finds tables that add up and that differ from the true one in hidden positions only. It walks from the true table in
 * small steps; not every such table can be reached, but what it finds is one. `hidden` is read anew at each search.
 */
export function otherTables({ sizes, counts }: Pick<Table, 'sizes' | 'counts'>, hidden: readonly boolean[]) {
  // The table as it is on the walk. Each walk ends by going back to the true one.
  const now = [...counts]
  const roomAt = (position: number, change: number): number => {
    if (hidden[position] !== true) return 0
    return change < 0 ? Math.floor(at(now, position) / -change) : Infinity
  }
  const ground = { sizes, roomAt }
  const exchangeAt = exchanges(ground, { counts, now })
  return { find }

  /** A table in which the target has changed so; undefined when none was found. */
  function find({ position, change }: Change): Differences | undefined {
    const differences = walk({ position, change: Math.sign(change) }, Math.abs(change))
    for (const moved of differences.keys()) now[moved] = at(counts, moved)
    if ((differences.get(position) ?? 0) !== change) return undefined
    return new Map([...differences].filter(([, difference]) => difference !== 0))
  }

  /** Steps in one direction until the target has changed so far, or until there is no way on. */
  function walk(target: Change, far: number): Differences {
    const differences = new Map<number, number>()
    let left = far
    while (left > 0) {
      const step = boxAt(ground, target) ?? exchangeAt(target)
      if (step === undefined) break
      const times = Math.min(left, ...step.map(({ position, change }) => roomAt(position, change)))
      for (const { position, change } of step) {
        now[position] = at(now, position) + change * times
        differences.set(position, at(now, position) - at(counts, position))
      }
      left -= times
    }
    return differences
  }
}

type Counts = { readonly counts: readonly number[]; readonly now: readonly number[] }

/** Looks for an exchange between a few persons, where no box was found. */
function exchanges({ sizes, roomAt }: Ground, { counts, now }: Counts) {
  const cells = rarestFirst({ sizes, counts })
  const occupied = () => cells.filter(({ position }) => at(now, position) > 0).map(({ entries }) => entries)
  const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1))
  const isFree = (axis: number, entry: number) =>
    roomAt(counts.length - 1 - (at(sizes, axis) - 1 - entry) * at(strides, axis), 1) > 0
  let triesLeft = TRIES_IN_ALL

  return (target: Change): readonly Change[] | undefined => {
    const entries = entriesAt(sizes, target.position)
    const axes = [...sizes.keys()].filter((axis) => at(entries, axis) < at(sizes, axis) - 1)
    const place = { axes, entries, cells: occupied, isFree }
    const last = triesLeft - TRIES_PER_STEP
    for (const exchange of target.change > 0 ? arrivals(place) : departures(place)) {
      if (triesLeft <= Math.max(0, last)) return undefined
      triesLeft -= 1
      const step = changesOf(sizes, exchange)
      const hits = step.some(({ position, change }) => position === target.position && change === target.change)
      if (hits && step.every(({ position, change }) => roomAt(position, change) > 0)) return step
    }
    return undefined
  }
}

/** What an exchange changes in the cells and in all their totals. */
function changesOf(sizes: readonly number[], { from, to }: Exchange): Change[] {
  const changes = new Map<number, number>()
  const add = (position: number, change: number) => changes.set(position, (changes.get(position) ?? 0) + change)
  for (const cell of from) for (const position of positionsWith(sizes, cell)) add(position, -1)
  for (const cell of to) for (const position of positionsWith(sizes, cell)) add(position, 1)
  return [...changes].filter(([, change]) => change !== 0).map(([position, change]) => ({ position, change }))
}

/** The cells with somebody in them; those of rare codes first, whose totals are likelier to be hidden. */
function rarestFirst({ sizes, counts }: Pick<Table, 'sizes' | 'counts'>): { position: number; entries: Entries }[] {
  const weightOf = (entries: Entries) =>
    entries.reduce((sum, _, axis) => sum + at(counts, positionOf(sizes, entries.with(axis, at(sizes, axis) - 1))), 0)
  return counts
    .map((_, position) => ({ position, entries: entriesAt(sizes, position) }))
    .filter(({ position, entries }) => {
      const isCell = entries.every((entry, axis) => entry < at(sizes, axis) - 1)
      return isCell && at(counts, position) > 0
    })
    .map((cell) => ({ ...cell, weight: weightOf(cell.entries) }))
    .sort((a, b) => a.weight - b.weight || a.position - b.position)
}
