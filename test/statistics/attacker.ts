import { entriesAt, positionsWith, type Table } from '../../src/statistics/grid.ts'

// What somebody can compute who knows all that is shown, that counts are not negative, and that totals are sums.
// The unknowns are the cells; each position, shown or not, is the sum of some of them.

type Matrix = number[][]
const TINY = 1e-7

/** For each position the cells that it is the sum of, as a row of zeros and ones. */
function sumsOver({ sizes, counts }: Table): Matrix {
  const cells = [...counts.keys()].filter((position) =>
    entriesAt(sizes, position).every((entry, axis) => entry < (sizes[axis] ?? 0) - 1),
  )
  const rows = counts.map(() => cells.map(() => 0))
  for (const [index, cell] of cells.entries())
    for (const position of positionsWith(sizes, entriesAt(sizes, cell))) {
      const row = rows[position]
      if (row !== undefined) row[index] = 1
    }
  return rows
}

type Fraction = readonly [bigint, bigint]

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
function fraction(a: bigint, b: bigint): Fraction {
  const common = gcd(a, b) * (b < 0n ? -1n : 1n)
  return common === 0n ? [0n, 1n] : [a / common, b / common]
}
const minus = ([a, b]: Fraction, [c, d]: Fraction, [e, f]: Fraction): Fraction =>
  fraction(a * d * f - c * e * b, b * d * f)
const zero: Fraction = [0n, 1n]

/** Gaussian elimination in exact fractions. */
class RowSpace {
  readonly #rows: { pivot: number; row: Fraction[] }[] = []

  reduce(given: readonly number[]): Fraction[] {
    let row = given.map((number): Fraction => [BigInt(number), 1n])
    for (const { pivot, row: known } of this.#rows) {
      const factor = row[pivot] ?? zero
      if (factor[0] !== 0n) row = row.map((number, index) => minus(number, factor, known[index] ?? zero))
    }
    return row
  }

  /** False when the row followed from the others already. */
  add(given: readonly number[]): boolean {
    const row = this.reduce(given)
    const pivot = row.findIndex(([a]) => a !== 0n)
    if (pivot === -1) return false
    const [a, b] = row[pivot] ?? zero
    this.#rows.push({ pivot, row: row.map(([c, d]) => fraction(c * b, d * a)) })
    return true
  }

  has(given: readonly number[]): boolean {
    return this.reduce(given).every(([a]) => a === 0n)
  }
}

/** The hidden positions that follow from what is shown. */
export function recovered(table: Table, hidden: readonly boolean[]): number[] {
  const rows = sumsOver(table)
  const space = new RowSpace()
  for (const [position, row] of rows.entries()) if (hidden[position] === false) space.add(row)
  return [...rows.keys()].filter((position) => hidden[position] === true && space.has(rows[position] ?? []))
}

/** The least and the most that each hidden position can be, by linear programs over real numbers. */
export function boundsOf(table: Table, hidden: readonly boolean[]): Map<number, { least: number; most: number }> {
  const rows = sumsOver(table)
  const space = new RowSpace()
  const known = [...rows.keys()].filter((position) => hidden[position] === false && space.add(rows[position] ?? []))
  const start = feasible(known.map((position) => [...(rows[position] ?? []), table.counts[position] ?? 0]))
  return new Map(
    [...rows.keys()]
      .filter((position) => hidden[position] === true)
      .map((position) => {
        const row = rows[position] ?? []
        return [
          position,
          {
            least: -maximum(
              start,
              row.map((one) => -one),
            ),
            most: maximum(start, row),
          },
        ]
      }),
  )
}

type Tableau = { rows: Matrix; basis: number[]; width: number }

const cell = (matrix: Matrix, row: number, column: number): number => matrix[row]?.[column] ?? 0

function pivotAt({ rows, basis }: Tableau, row: number, column: number): void {
  const by = cell(rows, row, column)
  const pivot = (rows[row] ?? []).map((number) => number / by)
  rows[row] = pivot
  basis[row] = column
  for (const [index, other] of rows.entries()) {
    const factor = other[column] ?? 0
    if (index !== row && Math.abs(factor) > TINY)
      rows[index] = other.map((number, at) => number - factor * (pivot[at] ?? 0))
  }
}

/** Simplex with Bland's rule. The objective is the last row, negated; Infinity when there is no most. */
function climb(tableau: Tableau, columns: number): number {
  const { rows, width } = tableau
  const objective = rows.length - 1
  for (;;) {
    const column = Array.from({ length: columns }, (_, at) => at).find((at) => cell(rows, objective, at) < -TINY)
    if (column === undefined) return cell(rows, objective, width)
    const leaving = [...rows.keys()]
      .filter((row) => row !== objective && cell(rows, row, column) > TINY)
      .map((row) => ({ row, ratio: cell(rows, row, width) / cell(rows, row, column), basic: tableau.basis[row] ?? 0 }))
      .sort((a, b) => (Math.abs(a.ratio - b.ratio) > TINY ? a.ratio - b.ratio : a.basic - b.basic))
    const [first] = leaving
    if (first === undefined) return Infinity
    pivotAt(tableau, first.row, column)
  }
}

/** A tableau whose basis fits the equations, each given with its right side last. */
function feasible(equations: Matrix): Tableau {
  const unknowns = (equations[0]?.length ?? 1) - 1
  const width = unknowns + equations.length
  const rows = equations.map((equation, index) => [
    ...equation.slice(0, unknowns),
    ...equations.map((_, other) => (other === index ? 1 : 0)),
    equation[unknowns] ?? 0,
  ])
  const sums = Array.from({ length: width + 1 }, (_, at) =>
    at >= unknowns && at < width ? 0 : -rows.reduce((sum, row) => sum + (row[at] ?? 0), 0),
  )
  const tableau = { rows: [...rows, sums], basis: rows.map((_, index) => unknowns + index), width }
  const short = climb(tableau, unknowns)
  if (Math.abs(short) > 1e-4) throw new Error('what is shown contradicts itself')
  tableau.rows.pop()
  for (const [row, basic] of tableau.basis.entries()) {
    const column =
      basic < unknowns
        ? -1
        : (tableau.rows[row] ?? []).findIndex((number, at) => at < unknowns && Math.abs(number) > TINY)
    if (column >= 0) pivotAt(tableau, row, column)
  }
  return {
    rows: tableau.rows.map((row) => [...row.slice(0, unknowns), row[width] ?? 0]),
    basis: tableau.basis,
    width: unknowns,
  }
}

function maximum(start: Tableau, objective: readonly number[]): number {
  const tableau = {
    rows: [...start.rows.map((row) => [...row]), [...objective.map((number) => -number), 0]],
    basis: [...start.basis],
    width: start.width,
  }
  const last = tableau.rows.length - 1
  for (const [row, basic] of tableau.basis.entries()) {
    const factor = cell(tableau.rows, last, basic)
    if (basic < start.width && Math.abs(factor) > TINY)
      tableau.rows[last] = (tableau.rows[last] ?? []).map((number, at) => number - factor * cell(tableau.rows, row, at))
  }
  return climb(tableau, start.width)
}
