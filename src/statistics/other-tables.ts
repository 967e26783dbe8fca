import { arrivals, departures, type Exchange } from './exchanges.ts'
import { at, entriesAt, type Entries, positionOf, positionsWith, type Table } from './grid.ts'

/** By how much each position of another table differs from the true one; what is not named is the same. */
export type Differences = ReadonlyMap<number, number>

/** A wish: a table in which this position differs by so much. */
export type Target = { readonly position: number; readonly change: number }

/** What one step changes, by position. Everything adds up again after it. */
type Step = ReadonlyMap<number, number>

/** Bounds the work, not the safety: what is not found stays hidden. */
const TRIES_PER_STEP = 100
const TRIES_IN_ALL = 250_000

/**
 * Finds tables that add up and that differ from the true one in hidden positions only. It walks from the true table in
 * small steps; not every such table can be reached, but what it finds is one.
 */
export function otherTables({ sizes, counts }: Pick<Table, 'sizes' | 'counts'>, hidden: readonly boolean[]) {
  const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1))
  const grandTotal = counts.length - 1
  const cells = rarestFirst({ sizes, counts })
  // The table as it is on the walk. Each walk ends by going back to the true one.
  const now = [...counts]
  let triesLeft = TRIES_IN_ALL
  return { find }

  /** Undefined when none was found. */
  function find({ position, change }: Target): Differences | undefined {
    const differences = walk({ position, change: Math.sign(change) }, Math.abs(change))
    for (const moved of differences.keys()) now[moved] = at(counts, moved)
    if ((differences.get(position) ?? 0) !== change) return undefined
    return new Map([...differences].filter(([, difference]) => difference !== 0))
  }

  /** Steps in one direction until the target has changed so far, or until there is no way on. */
  function walk(target: Target, far: number): Differences {
    const differences = new Map<number, number>()
    let left = far
    while (left > 0) {
      const step = boxAt(target) ?? exchangeAt(target)
      if (step === undefined) break
      const times = Math.min(left, ...[...step].map(([position, change]) => roomAt(position, change)))
      for (const [position, change] of step) {
        now[position] = at(now, position) + change * times
        differences.set(position, at(now, position) - at(counts, position))
      }
      left -= times
    }
    return differences
  }

  /** How often a position can change so: nothing falls below zero, and nothing shown changes. */
  function roomAt(position: number, change: number): number {
    if (hidden[position] !== true) return 0
    return change < 0 ? Math.floor(at(now, position) / -change) : Infinity
  }

  /**
   * A box with the target at one corner: on each axis another entry, a code or the total. Along codes the change turns
   * its sign, so that their total stays; a total moves along with its code.
   */
  function boxAt(target: Target): Step | undefined {
    const entries = entriesAt(sizes, target.position)
    const corners = extend(0, [target])
    return corners && new Map(corners.map(({ position, change }) => [position, change]))

    function extend(axis: number, corners: readonly Target[]): readonly Target[] | undefined {
      if (axis === sizes.length) return corners
      const total = at(sizes, axis) - 1
      const own = at(entries, axis)
      for (let entry = total; entry >= 0; entry -= 1) {
        const sign = entry === total || own === total ? 1 : -1
        const step = (entry - own) * at(strides, axis)
        if (entry === own || !corners.every((corner) => roomAt(corner.position + step, corner.change * sign) > 0))
          continue
        const added = corners.map(({ position, change }) => ({ position: position + step, change: change * sign }))
        const found = extend(axis + 1, [...corners, ...added])
        if (found !== undefined) return found
      }
      return undefined
    }
  }

  /** An exchange between a few persons, where no box was found. */
  function exchangeAt(target: Target): Step | undefined {
    const entries = entriesAt(sizes, target.position)
    const axes = [...sizes.keys()].filter((axis) => at(entries, axis) < at(sizes, axis) - 1)
    const place = { axes, entries, cells: occupied, isFree }
    let tries = Math.min(TRIES_PER_STEP, triesLeft)
    for (const exchange of target.change > 0 ? arrivals(place) : departures(place)) {
      if (tries === 0) return undefined
      tries -= 1
      triesLeft -= 1
      const step = stepOf(exchange)
      const isPossible = [...step].every(([position, change]) => roomAt(position, change) > 0)
      if (isPossible && step.get(target.position) === target.change) return step
    }
    return undefined
  }

  function occupied(): Entries[] {
    return cells.filter(({ position }) => at(now, position) > 0).map(({ entries }) => entries)
  }

  function isFree(axis: number, entry: number): boolean {
    return hidden[grandTotal - (at(sizes, axis) - 1 - entry) * at(strides, axis)] === true
  }

  function stepOf({ from, to }: Exchange): Step {
    const step = new Map<number, number>()
    const add = (position: number, change: number) => step.set(position, (step.get(position) ?? 0) + change)
    for (const cell of from) for (const position of positionsWith(sizes, cell)) add(position, -1)
    for (const cell of to) for (const position of positionsWith(sizes, cell)) add(position, 1)
    return new Map([...step].filter(([, change]) => change !== 0))
  }
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
