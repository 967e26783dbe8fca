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
  /** What is promised: the cells of the cube, and those that an earlier release hid or showed. */
  readonly promised: readonly number[]
  readonly shownBefore: readonly number[]
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
export function factsOf(cube: CubeDefinition, { layout, counts }: Counted, earlier: readonly EarlierFact[]): Facts {
  const known = knownBefore(cube, layout, earlier)
  const impossible = impossibleCells(cube, layout)
  const hiddenBefore = earlier.flatMap((fact) => (fact.hidden === true ? [layout.numberOf(fact.at)] : []))
  const [lo, hi] = [Int32Array.from(known.lo), Int32Array.from(known.hi)]
  const hidden = new Set(hiddenBefore)
  const deniable = new Set<number>()
  const floor = (cell: number): void => {
    deniable.delete(cell)
    lo[cell] = Math.max(at(known.lo, cell), cube.threshold)
  }
  const hide = (cell: number): void => {
    hidden.add(cell)
    hi[cell] = at(known.hi, cell)
    floor(cell)
  }
  const deny = (cell: number): void => {
    deniable.add(cell)
    lo[cell] = at(known.lo, cell)
  }
  for (const cell of new Set([...hiddenBefore, ...layout.declared])) {
    const isSmall = at(counts, cell) < cube.threshold
    if (impossible.has(cell)) continue
    if (isSmall || hidden.has(cell)) hide(cell)
    if (isSmall) deny(cell)
    if (hidden.has(cell)) continue
    const shown = shownAs(at(counts, cell), cube)
    lo[cell] = Math.max(at(known.lo, cell), shown.lo)
    hi[cell] = Math.min(at(known.hi, cell), shown.hi)
  }
  const shownBefore = earlier.flatMap((fact) => (fact.lo >= cube.threshold ? [layout.numberOf(fact.at)] : []))
  const all = new Set([...layout.declared, ...hiddenBefore, ...shownBefore])
  const promised = [...all].filter((cell) => !impossible.has(cell))
  return { lo, hi, hidden, deniable, impossible, promised, shownBefore, known: known.lo, hide, deny, floor }
}

type Counted = { readonly layout: Layout; readonly counts: Int32Array }

function knownBefore(cube: CubeDefinition, layout: Layout, earlier: readonly EarlierFact[]) {
  const [lo, hi] = [new Int32Array(layout.cells), new Int32Array(layout.cells).fill(NO_LIMIT)]
  for (const fact of earlier) {
    const cell = layout.numberOf(fact.at)
    lo[cell] = Math.max(at(lo, cell), fact.lo)
    hi[cell] = Math.min(at(hi, cell), fact.hi)
  }
  for (const cell of impossibleCells(cube, layout)) hi[cell] = 0
  return { lo, hi }
}

/** The combinations that cannot be, and all cells within them. */
function impossibleCells({ structural_zeros: zeros = [] }: CubeDefinition, layout: Layout): Set<number> {
  const isWithin = (cell: At) => zeros.some((zero) => Object.entries(zero).every(([name, code]) => cell[name] === code))
  const within = zeros.length === 0 ? [] : layout.declared.filter((cell) => isWithin(atOf(layout, cell)))
  return new Set([...zeros.map((zero) => layout.numberOf(zero)), ...within])
}
