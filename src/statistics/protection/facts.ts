import { at, atOf, type Layout } from './layout.ts'
import type { At, CubeDefinition, EarlierFact } from './types.ts'

/** More than any count. */
export const NO_LIMIT = 1_000_000_000

/** What each other data set must reproduce: for each cell the least and the most that may be counted there. */
export type Facts = {
  readonly lo: Int32Array
  readonly hi: Int32Array
  readonly hidden: Set<number>
  /** Hidden cells that may be anything; the other hidden ones stay at the threshold or more in all other data. */
  readonly deniable: Set<number>
  readonly impossible: ReadonlySet<number>
  /** What is known beside this release: the least there is where nothing else is asked. */
  readonly known: Int32Array
  hide(cell: number): void
  /** May be anything from now on. */
  deny(cell: number): void
  /** Stays at the threshold or more, again. */
  floor(cell: number): void
}

/** A count as it is shown: the nearest multiple, and all counts that would be shown so. */
export function shownAs(count: number, { rounding, threshold }: CubeDefinition) {
  const value = Math.floor((count + Math.floor(rounding / 2)) / rounding) * rounding
  return {
    value,
    lo: Math.max(threshold, value - Math.floor(rounding / 2)),
    hi: value + Math.ceil(rounding / 2) - 1,
  }
}

/** At first every cell that may be shown is. */
export function factsOf(
  cube: CubeDefinition,
  layout: Layout,
  counts: Int32Array,
  earlier: readonly EarlierFact[],
): Facts {
  const known = { lo: new Int32Array(layout.cells), hi: new Int32Array(layout.cells).fill(NO_LIMIT) }
  const narrow = (cell: number, lo: number, hi: number): void => {
    known.lo[cell] = Math.max(at(known.lo, cell), lo)
    known.hi[cell] = Math.min(at(known.hi, cell), hi)
  }
  for (const fact of earlier) narrow(layout.numberOf(fact.at), fact.lo, fact.hi)
  const impossible = impossibleCells(cube, layout)
  for (const cell of impossible) narrow(cell, 0, 0)

  const [lo, hi] = [Int32Array.from(known.lo), Int32Array.from(known.hi)]
  const hidden = new Set<number>()
  const deniable = new Set<number>()
  for (const cell of layout.declared) {
    if (impossible.has(cell)) continue
    if (at(counts, cell) < cube.threshold) {
      hidden.add(cell)
      deniable.add(cell)
    } else {
      const shown = shownAs(at(counts, cell), cube)
      lo[cell] = Math.max(at(known.lo, cell), shown.lo)
      hi[cell] = Math.min(at(known.hi, cell), shown.hi)
    }
  }
  const hide = (cell: number): void => {
    hidden.add(cell)
    lo[cell] = Math.max(at(known.lo, cell), cube.threshold)
    hi[cell] = at(known.hi, cell)
  }
  const deny = (cell: number): void => {
    deniable.add(cell)
    lo[cell] = at(known.lo, cell)
  }
  const floor = (cell: number): void => {
    deniable.delete(cell)
    lo[cell] = Math.max(at(known.lo, cell), cube.threshold)
  }
  return { lo, hi, hidden, deniable, impossible, known: known.lo, hide, deny, floor }
}

/** The combinations that cannot be, and all cells within them. */
function impossibleCells({ structural_zeros: zeros = [] }: CubeDefinition, layout: Layout): Set<number> {
  const isWithin = (cell: At) => zeros.some((zero) => Object.entries(zero).every(([name, code]) => cell[name] === code))
  const within = zeros.length === 0 ? [] : layout.declared.filter((cell) => isWithin(atOf(layout, cell)))
  return new Set([...zeros.map((zero) => layout.numberOf(zero)), ...within])
}
