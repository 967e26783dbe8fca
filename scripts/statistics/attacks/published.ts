/** What a reader has: figures and hidden cells, and nothing else. */
export type At = Readonly<Record<string, string>>
type Codes = { readonly name: string; readonly leaves: readonly string[] }
export type Dim = Codes & { readonly groups?: readonly Codes[] }
export type Cell = { readonly at: At; readonly lo?: number; readonly hi?: number; readonly hidden?: boolean }
export type Published = { readonly dims: readonly Dim[]; readonly cells: readonly Cell[] }

/** A release of a part of the people: of one quarter, say. */
export type Release = Published & { readonly within?: At }

/** What was computed of a cell: the least and the most that can be in it. */
export type Bound = { readonly at: At; readonly least: number; readonly most: number }

export const keyOf = (at: At): string =>
  JSON.stringify(Object.entries(at).sort(([one], [other]) => (one < other ? -1 : 1)))

/** Several releases as one: what each says of its people is a fact beside the others. */
export function together(releases: readonly Release[], dims = dimsOf(releases)): Published {
  const cells = new Map<string, Cell>()
  for (const release of releases)
    for (const cell of release.cells) {
      const here = { ...cell, at: { ...wholesOf(release, dims), ...cell.at, ...release.within } }
      const before = cells.get(keyOf(here.at))
      cells.set(keyOf(here.at), before === undefined ? here : narrower(before, here))
    }
  return { dims, cells: [...cells.values()] }
}

function narrower(one: Cell, other: Cell): Cell {
  if (one.lo === undefined) return other
  if (other.lo === undefined) return one
  const [lo, hi] = [Math.max(one.lo, other.lo), Math.min(one.hi ?? Infinity, other.hi ?? Infinity)]
  return { at: one.at, lo, hi }
}

/** A part that no release divides the people by has others beside it, of which nothing is known. */
const OTHERS = '(others)'

export function dimsOf(releases: readonly Release[]): Dim[] {
  const dims = new Map<string, Dim>()
  for (const dim of releases.flatMap((release) => release.dims)) {
    dims.set(dim.name, joined(dims.get(dim.name) ?? dim, dim))
  }
  for (const [name, code] of releases.flatMap(({ within = {} }) => Object.entries(within))) {
    const dim = dims.get(name) ?? { name, leaves: [OTHERS] }
    const codes = [...dim.leaves, ...(dim.groups ?? []).map((group) => group.name)]
    dims.set(name, codes.includes(code) ? dim : { ...dim, leaves: [...dim.leaves, code] })
  }
  return [...dims.values()]
}

function joined({ name, leaves, groups = [] }: Dim, other: Dim): Dim {
  const all = [...groups, { name: wholeOf(other), leaves: other.leaves }, ...(other.groups ?? [])]
  const codes = new Map(all.map((group) => [group.name, group]))
  return { name, leaves: [...new Set([...leaves, ...other.leaves])], groups: [...codes.values()] }
}

/** All leaves of a dimension, where other releases have more of them: of a year, say, beside another year. */
const wholeOf = ({ leaves }: Dim): string => leaves.join('+')

function wholesOf(release: Release, dims: readonly Dim[]): At {
  const isPart = ({ name, leaves }: Dim) => dims.some((dim) => dim.name === name && dim.leaves.length > leaves.length)
  return Object.fromEntries(release.dims.filter(isPart).map((dim) => [dim.name, wholeOf(dim)]))
}

/** The leaves that a cell takes of a dimension. */
export function leavesIn({ leaves, groups = [] }: Dim, code: string | undefined): readonly string[] {
  if (code === undefined) return leaves
  return groups.find(({ name }) => name === code)?.leaves ?? [code]
}

/** Whether a record, as the indexes of its leaves, is in the cell. */
export function insideOf(dims: readonly Dim[], at: At): (row: readonly number[]) => boolean {
  const wanted = dims.map((dim) => {
    const leaves = leavesIn(dim, at[dim.name])
    return dim.leaves.map((leaf) => leaves.includes(leaf))
  })
  return (row) => wanted.every((leaves, dim) => leaves[row[dim] ?? -1] === true)
}

/** The figures that speak of these dimensions only. */
export function partOf({ dims, cells }: Published, names: readonly string[]): Published {
  const isPart = ({ at }: Cell) => Object.keys(at).every((name) => names.includes(name))
  return { dims: dims.filter(({ name }) => names.includes(name)), cells: cells.filter(isPart) }
}

export const hiddenIn = ({ cells }: Published): At[] => cells.filter((cell) => cell.hidden === true).map(({ at }) => at)

export type Broken = { readonly targets: number; readonly recovered: number; readonly proved: number }

/** Of the cells with fewer than so many: computed exactly, and proved to be there or to be few. */
export function broken(bounds: readonly Bound[], threshold: number, truth: (at: At) => number): Broken {
  const small = bounds.filter(({ at }) => truth(at) < threshold)
  const isProved = ({ at, least, most }: Bound) => most < threshold || (least > 0 && truth(at) > 0)
  const exact = small.filter(({ least, most }) => least === most)
  return { targets: small.length, recovered: exact.length, proved: small.filter(isProved).length }
}

export const sumOf = (all: readonly Broken[]): Broken => ({
  targets: all.reduce((sum, { targets }) => sum + targets, 0),
  recovered: all.reduce((sum, { recovered }) => sum + recovered, 0),
  proved: all.reduce((sum, { proved }) => sum + proved, 0),
})
