import {
  type Bound,
  type Cell,
  type Dim,
  dimsOf,
  keyOf,
  leavesIn,
  type Published,
  type Release,
  together,
} from './published.ts'

type Known = { readonly cell: Cell; lo: number; hi: number }
/** A total and parts that make it up. */
type Sum = { readonly total: Known; readonly parts: readonly Known[] }

/**
 * Subtraction, as anybody can do it in a spreadsheet: a total less its other parts bounds each part, again and again
 * until nothing changes. It finds less than a program does, but takes tables of any size.
 */
export function eliminate(published: Published): Bound[] {
  const known = new Map(
    published.cells.map((cell) => [
      keyOf(cell.at),
      { cell, lo: cell.lo ?? 0, hi: cell.hi ?? Number.POSITIVE_INFINITY },
    ]),
  )
  const sums = [...known.values()].flatMap((total) =>
    published.dims.flatMap((dim) => partsIn(known, total, dim).map((parts) => ({ total, parts }))),
  )
  while (sums.map(narrow).includes(true)) continue
  return [...known.values()].map(({ cell, lo, hi }) => ({ at: cell.at, least: lo, most: hi }))
}

/** The cell by leaf, where it is a total or a group of this dimension and each part is a cell too. */
function partsIn(known: ReadonlyMap<string, Known>, { cell }: Known, dim: Dim): Known[][] {
  const code = cell.at[dim.name]
  if (code !== undefined && dim.leaves.includes(code)) return []
  const parts = leavesIn(dim, code).map((leaf) => known.get(keyOf({ ...cell.at, [dim.name]: leaf })))
  const there = parts.filter((part) => part !== undefined)
  return there.length === parts.length ? [there] : []
}

function narrow({ total, parts }: Sum): boolean {
  const [lo, hi] = [parts.reduce((sum, part) => sum + part.lo, 0), parts.reduce((sum, part) => sum + part.hi, 0)]
  let isNarrower = between(total, lo, hi)
  for (const part of parts) {
    const [least, most] = [restOf(hi, part, parts), lo - part.lo]
    isNarrower = between(part, total.lo - least, total.hi - most) || isNarrower
  }
  return isNarrower
}

/** What the others can be at most; infinity less infinity is no number. */
const restOf = (hi: number, part: Known, parts: readonly Known[]): number =>
  Number.isFinite(hi) ? hi - part.hi : parts.reduce((sum, other) => (other === part ? sum : sum + other.hi), 0)

function between(known: Known, lo: number, hi: number): boolean {
  if (lo <= known.lo && hi >= known.hi) return false
  known.lo = Math.max(known.lo, lo)
  known.hi = Math.min(known.hi, hi)
  return true
}

/** One release less another: each two of a ledger side by side, and at last all of them. */
export function difference(releases: readonly Release[]): Bound[] {
  const pairs = releases.flatMap((one, index) => releases.slice(index + 1).map((other) => [one, other]))
  const best = new Map<string, Bound>()
  const dims = dimsOf(releases)
  for (const some of [...pairs, releases])
    for (const bound of eliminate(together(some, dims))) {
      const { at, least, most } = bound
      const before = best.get(keyOf(at)) ?? bound
      best.set(keyOf(at), { at, least: Math.max(before.least, least), most: Math.min(before.most, most) })
    }
  return [...best.values()]
}
