import * as solver from 'highs'
import { type At, type Bound, type Dim, insideOf, partOf, type Published } from './published.ts'

// What can be computed from published figures: for each cell the least and the most that any table has there that fits
// them all, by linear programs, or by integer programs. More than that cannot be had from figures alone.

/** The records that somebody knows beforehand. */
type Rows = readonly (readonly number[])[]
export type Question = { readonly knows: Rows; readonly targets: readonly At[]; readonly whole: boolean }

const SLACK = 1e-6
/** An integer program that takes longer has found nothing. */
const SECONDS_MAX = 3

/** For the cells asked for, without the records that are known. */
export async function boundsOf(published: Published, { knows, targets, whole }: Question): Promise<Bound[]> {
  if (targets.length === 0) return []
  const highs = await solverLoaded()
  const atoms = atomsOf(published.dims)
  const model = programFor(highs, { published, atoms, knows, whole })
  const all = { kind: 'range', from: 0, to: atoms.length - 1 } as const
  const extreme = (cell: At, sign: 1 | -1): number => {
    const holds = insideOf(published.dims, cell)
    model.changeColsCost(
      all,
      Float64Array.from(atoms, (row) => (holds(row) ? sign : 0)),
    )
    model.run()
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return sign > 0 ? 0 : Number.POSITIVE_INFINITY
    return sign * model.getObjectiveValue()
  }
  const bounds = targets.map((at) => ({
    at,
    least: Math.ceil(extreme(at, 1) - SLACK),
    most: Math.floor(extreme(at, -1) + SLACK),
  }))
  model.dispose()
  return bounds
}

const atomsOf = (dims: readonly Dim[]): number[][] =>
  dims.reduce<number[][]>(
    (rows, { leaves }) => rows.flatMap((row) => [...leaves.keys()].map((leaf) => [...row, leaf])),
    [[]],
  )

type Program = {
  readonly published: Published
  readonly atoms: Rows
  readonly knows: Rows
  readonly whole: boolean
}

/** One column for each combination of leaves, one row for each figure. */
function programFor(highs: solver.Highs, { published, atoms, knows, whole }: Program) {
  const facts = published.cells.filter(({ lo }) => lo !== undefined)
  const starts = [0]
  const indices: number[] = []
  const insides = facts.map(({ at }) => insideOf(published.dims, at))
  for (const holds of insides) {
    for (const [column, row] of atoms.entries()) if (holds(row)) indices.push(column)
    starts.push(indices.length)
  }
  const own = insides.map((holds) => knows.filter(holds).length)
  const size = { numRows: facts.length, numCols: atoms.length }
  const values = new Float64Array(indices.length).fill(1)
  const model = highs.createModel({
    ...size,
    colCost: new Float64Array(atoms.length),
    colLower: new Float64Array(atoms.length),
    colUpper: new Float64Array(atoms.length).fill(highs.infinity),
    rowLower: Float64Array.from(facts, ({ lo = 0 }, row) => lo - (own[row] ?? 0)),
    rowUpper: Float64Array.from(facts, ({ hi }, row) => (hi === undefined ? highs.infinity : hi - (own[row] ?? 0))),
    matrix: { format: 'csr', ...size, starts: Int32Array.from(starts), indices: Int32Array.from(indices), values },
    ...(whole ? { integrality: new Int32Array(atoms.length).fill(1) } : {}),
  })
  const warm = whole ? { time_limit: SECONDS_MAX } : { presolve: 'off', simplex_strategy: 4 }
  model.options.set({ output_flag: false, ...warm })
  return model
}

/** The package's types are those of its other build, in which the function is one level deeper. */
async function solverLoaded(): Promise<solver.Highs> {
  const load: unknown = solver.default
  if (typeof load !== 'function') throw new TypeError('no solver')
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- see above
  return await load()
}

const ATOMS_MAX = 1500

/**
 * Pieces of a large table that a program can take as a whole: all sets of three dimensions, or two. What is proved of a
 * piece is proved; a proof that needs four dimensions at once is not found so.
 */
export function piecesOf(published: Published): Published[] {
  const { dims } = published
  for (let size = dims.length; size > 0; size = size > 3 ? 3 : size - 1) {
    const pieces = setsOf(dims, size).filter((set) => atomsIn(set) <= ATOMS_MAX)
    if (pieces.length > 0)
      return pieces.map((set) =>
        partOf(
          published,
          set.map(({ name }) => name),
        ),
      )
  }
  return []
}

const atomsIn = (dims: readonly Dim[]): number => dims.reduce((product, { leaves }) => product * leaves.length, 1)

const setsOf = (dims: readonly Dim[], size: number): Dim[][] =>
  dims
    .reduce<Dim[][]>((sets, dim) => [...sets, ...sets.map((set) => [...set, dim])], [[]])
    .filter((set) => set.length === size)
