import type { At, CubeDefinition, Dimension } from './types.ts'

/** One way to divide a dimension: its leaves, or groups that do not overlap and, last, the rest. */
type Level = { readonly names: readonly (string | undefined)[]; readonly codeOfLeaf: readonly number[] }

/** One level for each of some dimensions. A record is in one cell of it; a leaf's step is what it adds to its number. */
export type Table = {
  readonly dims: readonly number[]
  readonly levels: readonly number[]
  readonly offset: number
  readonly sizes: readonly number[]
  readonly steps: readonly Int32Array[]
  /** For each of its dimensions the table that sums over it. */
  readonly parents: readonly number[]
}

/** All cells that are shown, or that some condition speaks of, in one numbering. */
export type Layout = {
  readonly dims: readonly Dimension[]
  readonly levels: readonly (readonly Level[])[]
  readonly tables: readonly Table[]
  readonly cells: number
  /** What the cube shows; the rest of a dimension with groups is not among it. */
  readonly declared: readonly number[]
  readonly tableOf: Int32Array
  readonly numberOf: (cell: At) => number
}

/** A table before it has numbers: the level of each dimension, or the total. */
type Shape = readonly number[]
const TOTAL = -1

/** An entry that is there by construction. */
export function at<T>(list: { readonly [index: number]: T | undefined }, index: number): T {
  const value = list[index]
  if (value === undefined) throw new RangeError('outside the cube')
  return value
}

export function layoutOf(cube: CubeDefinition, alsoAt: readonly At[]): Layout {
  const { dims } = cube
  const levels = dims.map(levelsOf)
  const shown = declaredShapes(cube, levels)
  const shapes = withParents([...shown, ...sharesWatched(cube), ...alsoAt.map((cell) => shapeOf(cell, dims, levels))])
  const numbers = new Map(shapes.map((shape, index) => [String(shape), index]))
  const tables: Table[] = []
  let cells = 0
  for (const shape of shapes) {
    const table = tableOf(shape, { levels, numbers, offset: cells })
    tables.push(table)
    cells += sizeOf(table)
  }
  const owner = new Int32Array(cells)
  tables.forEach((table, index) => owner.fill(index, table.offset, table.offset + sizeOf(table)))
  const numberOf = (cell: At) => cellNumber(cell, { dims, levels, tables, numbers })
  const layout = { dims, levels, tables, cells, tableOf: owner, numberOf }
  const isShown = new Set(shown.map(String))
  const declared = [...owner.keys()].filter(
    (cell) =>
      isShown.has(String(at(shapes, at(owner, cell)))) && namesOf(layout, cell).every((name) => name !== undefined),
  )
  return { ...layout, declared }
}

const sizeOf = ({ sizes }: Table): number => sizes.reduce((product, size) => product * size, 1)

/** Groups that overlap go to levels of their own. */
function levelsOf({ leaves, groups = [] }: Dimension): Level[] {
  const levels: Level[] = [{ names: leaves, codeOfLeaf: leaves.map((_, leaf) => leaf) }]
  let left = groups
  while (left.length > 0) {
    const taken = new Set<string>()
    const level: typeof left = left.filter((group) => {
      if (group.leaves.some((leaf) => taken.has(leaf))) return false
      for (const leaf of group.leaves) taken.add(leaf)
      return true
    })
    const codeOf = (leaf: string) => level.findIndex((group) => group.leaves.includes(leaf))
    const codeOfLeaf = leaves.map((leaf) => (taken.has(leaf) ? codeOf(leaf) : level.length))
    levels.push({ names: [...level.map(({ name }) => name), undefined], codeOfLeaf })
    left = left.filter((group) => !level.includes(group))
  }
  return levels
}

function declaredShapes({ dims, margins }: CubeDefinition, levels: readonly (readonly Level[])[]): Shape[] {
  let shapes: Shape[] = [[]]
  for (const [index, dim] of dims.entries()) {
    const choices = [TOTAL, ...(dim.only_earlier === true ? [] : at(levels, index).keys())]
    shapes = shapes
      .flatMap((shape) => choices.map((level) => [...shape, level]))
      .filter((shape) => depth(shape) <= margins)
  }
  return shapes
}

const depth = (shape: Shape): number => shape.filter((level) => level !== TOTAL).length

/** The tables in which the share of each sensitive category in each shown cell can be seen. */
function sharesWatched(cube: CubeDefinition): Shape[] {
  const leaves = cube.dims.map((dim) => levelsOf(dim))
  return declaredShapes(cube, leaves).flatMap((shape) =>
    cube.dims.flatMap((dim, index) =>
      dim.sensitive === true && shape[index] === TOTAL
        ? [shape.map((level, other) => (other === index ? 0 : level))]
        : [],
    ),
  )
}

function withParents(shapes: readonly Shape[]): Shape[] {
  const all = new Map<string, Shape>()
  const add = (shape: Shape): void => {
    if (all.has(String(shape))) return
    all.set(String(shape), shape)
    shape.forEach((level, dim) => {
      if (level !== TOTAL) add(shape.with(dim, TOTAL))
    })
  }
  shapes.forEach(add)
  return [...all.values()].sort((a, b) => depth(a) - depth(b))
}

type Numbering = {
  readonly levels: readonly (readonly Level[])[]
  readonly numbers: ReadonlyMap<string, number>
  readonly offset: number
}

function tableOf(shape: Shape, { levels, numbers, offset }: Numbering): Table {
  const dims = [...shape.keys()].filter((dim) => shape[dim] !== TOTAL)
  const chosen = dims.map((dim) => at(at(levels, dim), at(shape, dim)))
  const sizes = chosen.map(({ names }) => names.length)
  const steps = chosen.map(({ codeOfLeaf }, place) => {
    const stride = sizes.slice(place + 1).reduce((product, size) => product * size, 1)
    return Int32Array.from(codeOfLeaf, (code) => code * stride)
  })
  const parents = dims.map((dim) => numbers.get(String(shape.with(dim, TOTAL))) ?? 0)
  return { dims, levels: dims.map((dim) => at(shape, dim)), offset, sizes, steps, parents }
}

/** The code of each of the table's dimensions in this cell. */
export function codesOf(layout: Pick<Layout, 'tables' | 'tableOf'>, cell: number): number[] {
  const { offset, sizes } = at(layout.tables, at(layout.tableOf, cell))
  let rest = cell - offset
  return sizes
    .map((_, place) => sizes.length - 1 - place)
    .map((place) => {
      const code = rest % at(sizes, place)
      rest = Math.floor(rest / at(sizes, place))
      return code
    })
    .reverse()
}

function namesOf(layout: Omit<Layout, 'declared'>, cell: number): (string | undefined)[] {
  const { dims, levels } = at(layout.tables, at(layout.tableOf, cell))
  return codesOf(layout, cell).map(
    (code, place) => at(at(layout.levels, at(dims, place)), at(levels, place)).names[code],
  )
}

export function atOf(layout: Layout, cell: number): At {
  const { dims } = at(layout.tables, at(layout.tableOf, cell))
  const names = namesOf(layout, cell)
  return Object.fromEntries(dims.map((dim, place) => [at(layout.dims, dim).name, names[place] ?? '']))
}

export const depthOf = (layout: Layout, cell: number): number => at(layout.tables, at(layout.tableOf, cell)).dims.length

/** The leaves of a code of a table's dimension. */
export function leavesAt(layout: Layout, table: Table, [place, code]: readonly [number, number]): number[] {
  const { codeOfLeaf } = at(at(layout.levels, at(table.dims, place)), at(table.levels, place))
  return [...codeOfLeaf.keys()].filter((leaf) => codeOfLeaf[leaf] === code)
}

function placeOf(name: string, levels: readonly Level[]): readonly [level: number, code: number] {
  for (const [level, { names }] of levels.entries()) {
    const code = names.indexOf(name)
    if (code >= 0) return [level, code]
  }
  throw new RangeError(`no such code: ${name}`)
}

function shapeOf(cell: At, dims: readonly Dimension[], levels: readonly (readonly Level[])[]): Shape {
  return dims.map(({ name }, dim) => (cell[name] === undefined ? TOTAL : placeOf(cell[name], at(levels, dim))[0]))
}

type Where = Pick<Layout, 'dims' | 'levels' | 'tables'> & { readonly numbers: ReadonlyMap<string, number> }

function cellNumber(cell: At, { dims, levels, tables, numbers }: Where): number {
  const table = at(tables, numbers.get(String(shapeOf(cell, dims, levels))) ?? -1)
  return table.dims.reduce((number, dim, place) => {
    const [, code] = placeOf(cell[at(dims, dim).name] ?? '', at(levels, dim))
    const leaf = at(at(levels, dim), at(table.levels, place)).codeOfLeaf.indexOf(code)
    return number + at(at(table.steps, place), leaf)
  }, table.offset)
}

/** The cell of a table in which a record with these leaves is. */
export function cellIn(table: Table, row: { readonly [index: number]: number | undefined }): number {
  let cell = table.offset
  for (let place = 0; place < table.dims.length; place += 1)
    cell += at(at(table.steps, place), at(row, at(table.dims, place)))
  return cell
}

export function countsOf({ tables, cells }: Layout, rows: Iterable<readonly number[]>): Int32Array {
  const counts = new Int32Array(cells)
  for (const row of rows) for (const table of tables) counts[cellIn(table, row)] = at(counts, cellIn(table, row)) + 1
  return counts
}
