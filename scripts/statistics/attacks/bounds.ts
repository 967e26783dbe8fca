import * as solver from 'highs'

// What can be computed from published figures: for each hidden cell the least and the most that any table has there
// that fits them all, by linear programs, or by integer programs. More than that cannot be had from figures alone.

type At = Readonly<Record<string, string>>
export type Published = {
  readonly dims: readonly { readonly name: string; readonly leaves: readonly string[] }[]
  readonly cells: readonly { readonly at: At; readonly lo?: number; readonly hi?: number; readonly hidden?: boolean }[]
}
export type Bound = { readonly at: At; readonly least: number; readonly most: number }
export type Insider = { readonly rows: readonly (readonly number[])[] }

const SLACK = 1e-6

export type Question = { readonly insider: Insider; readonly targets: readonly At[]; readonly whole: boolean }

/** For the cells asked for, without the records that the insider knows. */
export async function boundsOf(published: Published, { insider, targets, whole }: Question): Promise<Bound[]> {
  const highs = await solverLoaded()
  const start: number[][] = [[]]
  const atoms = published.dims.reduce(
    (rows, { leaves }) => rows.flatMap((row) => leaves.map((_, leaf) => [...row, leaf])),
    start,
  )
  const { model, inside } = programFor(highs, { published, atoms, insider, whole })
  const all = { kind: 'range', from: 0, to: atoms.length - 1 } as const
  const extreme = (cell: At, sign: 1 | -1): number => {
    const holds = inside(cell)
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

type Program = {
  readonly published: Published
  readonly atoms: readonly (readonly number[])[]
  readonly insider: Insider
  readonly whole: boolean
}

/** One column for each combination of leaves, one row for each figure. */
function programFor(highs: solver.Highs, { published, atoms, insider, whole }: Program) {
  const inside = (cell: At) => {
    const wanted = published.dims.map(({ name, leaves }) =>
      cell[name] === undefined ? -1 : leaves.indexOf(cell[name]),
    )
    return (row: readonly number[]) => wanted.every((leaf, dim) => leaf < 0 || row[dim] === leaf)
  }
  const facts = published.cells.filter(({ lo }) => lo !== undefined)
  const starts = [0]
  const indices: number[] = []
  for (const { at } of facts) {
    const holds = inside(at)
    for (const [column, row] of atoms.entries()) if (holds(row)) indices.push(column)
    starts.push(indices.length)
  }
  const own = (cell: At) => insider.rows.filter(inside(cell)).length
  const size = { numRows: facts.length, numCols: atoms.length }
  const values = new Float64Array(indices.length).fill(1)
  const model = highs.createModel({
    ...size,
    colCost: new Float64Array(atoms.length),
    colLower: new Float64Array(atoms.length),
    colUpper: new Float64Array(atoms.length).fill(highs.infinity),
    rowLower: Float64Array.from(facts, ({ at, lo = 0 }) => lo - own(at)),
    rowUpper: Float64Array.from(facts, ({ at, hi }) => (hi === undefined ? highs.infinity : hi - own(at))),
    matrix: { format: 'csr', ...size, starts: Int32Array.from(starts), indices: Int32Array.from(indices), values },
    ...(whole ? { integrality: new Int32Array(atoms.length).fill(1) } : {}),
  })
  model.options.set({ output_flag: false })
  return { model, inside }
}

/** The package's types are those of its other build, in which the function is one level deeper. */
async function solverLoaded(): Promise<solver.Highs> {
  const load: unknown = solver.default
  if (typeof load !== 'function') throw new TypeError('no solver')
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- see above
  return await load()
}

export type Broken = { readonly targets: number; readonly recovered: number; readonly proved: number }

/** Of the cells with fewer than so many (others): computed exactly, and proved to be there or to be few. */
export function broken(bounds: readonly Bound[], threshold: number, truth: (at: At) => number): Broken {
  const small = bounds.filter(({ at }) => truth(at) < threshold)
  const isProved = ({ at, least, most }: Bound) => most < threshold || (least > 0 && truth(at) > 0)
  const exact = small.filter(({ least, most }) => least === most)
  return { targets: small.length, recovered: exact.length, proved: small.filter(isProved).length }
}
