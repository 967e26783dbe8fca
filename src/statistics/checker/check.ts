// A second opinion on a release, from what is published, the snapshot and the certificate. It searches nothing, counts
// in whole numbers, and shares no code with the program that chose what to hide.

export type Named = Readonly<Record<string, string>>
type Group = { name: string; leaves: readonly string[] }
type Dim = {
  name: string
  leaves: readonly string[]
  groups?: readonly Group[]
  sensitive?: boolean
  only_earlier?: boolean
}
type CheckedCell = { at: Named; lo?: number; hi?: number; hidden?: boolean; structural_zero?: boolean }
type Witness = readonly (readonly number[])[]
type View = { knows: readonly number[]; witnesses: readonly Witness[] }
export type Checked = {
  cube: {
    dims: readonly Dim[]
    margins: number
    threshold: number
    rounding: number
    others_threshold?: number
    structural_zeros?: readonly Named[]
    organisations?: readonly string[]
    organisation_dimension?: string
    pairs?: boolean
  }
  cells: readonly CheckedCell[]
  records: { rows: readonly (readonly number[])[]; organisations?: readonly number[]; pinned?: readonly number[] }
  earlier?: readonly { at: Named; lo: number; hi: number; hidden?: boolean }[]
  certificate: { records: number; threshold: number; also_deniable: readonly Named[]; views: readonly View[] }
}

export class Rejected extends Error {}
const SHARE_MAX = 0.8

function must(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Rejected(why)
}

function get<T>(list: { readonly [index: number]: T | undefined }, index: number): T {
  const value = list[index]
  must(value !== undefined, 'a number in the certificate or the snapshot is out of range')
  return value
}

const nameOf = (at: Named): string =>
  Object.entries(at)
    .map((pair) => pair.join('='))
    .join(', ') || 'the total'

/** Throws Rejected, with the cell, where the promise does not hold. */
export function checkRelease(checked: Checked): void {
  const { certificate, cube, records } = checked
  must(certificate.records === records.rows.length, 'the certificate is for other records')
  must(certificate.threshold === cube.threshold, 'the certificate is for another threshold')
  const books = openBooks(checked)
  const views = insiders(checked)
  must(views.length === certificate.views.length, 'the certificate has not one view for each insider')
  for (const knows of views) {
    const view = certificate.views.find((other) => other.knows.join() === knows.join())
    must(view !== undefined, 'a view is missing')
    checkView(checked, books, view)
  }
}

function insiders({ cube: { organisations = [], pairs } }: Checked): number[][] {
  const all = [...organisations.keys()]
  const two = pairs === true && all.length > 2 ? all.flatMap((a) => all.slice(a + 1).map((b) => [a, b])) : []
  return [[], ...(all.length > 1 ? all.map((a) => [a]) : []), ...two]
}

const codesOf = ({ leaves, groups = [] }: Dim): string[] => [...leaves, ...groups.map(({ name }) => name)]

function declaredCells({ dims, margins }: Checked['cube']): Named[] {
  const shown = dims.filter((dim) => dim.only_earlier !== true)
  return shown.reduce<Named[]>(
    (cells, dim) => {
      const deeper = cells.filter((at) => Object.keys(at).length < margins)
      return [...cells, ...deeper.flatMap((at) => codesOf(dim).map((code) => ({ ...at, [dim.name]: code })))]
    },
    [{}],
  )
}

/** All cells that matter, the records in them, and what the published bytes allow there. */
// eslint-disable-next-line complexity, max-lines-per-function -- one book, opened in the order in which it is read
function openBooks({ cube, cells, records, earlier = [], certificate }: Checked) {
  const names: string[] = []
  const tables = new Map<string, { dims: number[]; numbers: Map<string, number> }>()
  const number = (at: Named): number => {
    const dims = [...cube.dims.keys()].filter((dim) => at[get(cube.dims, dim).name] !== undefined)
    const table = tables.get(dims.join()) ?? { dims, numbers: new Map<string, number>() }
    const text = dims.map((dim) => at[get(cube.dims, dim).name]).join('\0')
    tables.set(dims.join(), table)
    if (!table.numbers.has(text)) table.numbers.set(text, names.push(nameOf(at)) - 1)
    return table.numbers.get(text) ?? -1
  }
  const published = new Map(cells.map((cell) => [number(cell.at), cell]))
  const declared = declaredCells(cube).map(number)
  must(published.size === cells.length && cells.length === declared.length, 'the cells are not those of the cube')
  const before = earlier.filter((fact) => fact.hidden === true && !published.has(number(fact.at)))
  for (const { at } of before) published.set(number(at), { at, hidden: true })
  const promised = [...new Set([...declared, ...before.map(({ at }) => number(at))])]
  const shares = cells
    .flatMap((cell) => sharesOf(cell, cube.dims))
    .map(([group, at]) => ({ group, category: number(at) }))
  const known = [...earlier, ...(cube.structural_zeros ?? []).map((at) => ({ at, lo: 0, hi: 0 }))]
  const facts = known.map(({ at, lo, hi }) => ({ cell: number(at), lo, hi }))
  const deniable = new Set(certificate.also_deniable.map(number))

  const codes = cube.dims.map((dim) =>
    dim.leaves.map((leaf) => [
      leaf,
      ...(dim.groups ?? []).filter((group) => group.leaves.includes(leaf)).map(({ name }) => name),
    ]),
  )
  const memory = new Map<string, number[]>()
  const cellsOf = (row: readonly number[]): number[] => {
    const remembered = memory.get(row.join())
    if (remembered !== undefined) return remembered
    must(row.length === cube.dims.length, 'a record has too few or too many codes')
    const found = [...tables.values()].flatMap(({ dims, numbers }) => {
      const start: string[][] = [[]]
      const all = dims.reduce(
        (some, dim) => some.flatMap((text) => get(get(codes, dim), get(row, dim)).map((code) => [...text, code])),
        start,
      )
      return all.flatMap((text) => numbers.get(text.join('\0')) ?? [])
    })
    memory.set(row.join(), found)
    return found
  }
  const counts = names.map(() => 0)
  for (const row of records.rows) for (const cell of cellsOf(row)) counts[cell] = get(counts, cell) + 1
  const [lo, hi] = [names.map(() => 0), names.map(() => Number.POSITIVE_INFINITY)]
  const narrow = (cell: number, least: number, most: number): void => {
    lo[cell] = Math.max(get(lo, cell), least)
    hi[cell] = Math.min(get(hi, cell), most)
    must(get(counts, cell) >= least && get(counts, cell) <= most, `${get(names, cell)}: is not what is counted`)
  }
  for (const fact of facts) narrow(fact.cell, fact.lo, fact.hi)
  for (const cell of promised) {
    const entry = published.get(cell)
    must(entry !== undefined, `${get(names, cell)}: is missing`)
    if (entry.structural_zero === true) narrow(cell, 0, 0)
    else if (entry.hidden !== true) checkShown(cube, entry, get(counts, cell))
    if (entry.hidden !== true && entry.structural_zero !== true) narrow(cell, entry.lo ?? -1, entry.hi ?? -1)
    if (entry.hidden === true && get(counts, cell) >= cube.threshold && !deniable.has(cell))
      narrow(cell, cube.threshold, Number.POSITIVE_INFINITY)
  }
  const isOpen = (cell: number) => published.get(cell)?.structural_zero !== true
  return { names, lo, hi, counts, shares, deniable, cellsOf, published, declared: promised.filter(isOpen) }
}
type Books = ReturnType<typeof openBooks>

function sharesOf(cell: CheckedCell, dims: readonly Dim[]): [CheckedCell, Named][] {
  if (cell.hidden === true || cell.structural_zero === true) return []
  const open = dims.filter((dim) => dim.sensitive === true && cell.at[dim.name] === undefined)
  return open.flatMap((dim) => dim.leaves.map((leaf): [CheckedCell, Named] => [cell, { ...cell.at, [dim.name]: leaf }]))
}

function checkShown(
  { threshold, rounding }: Checked['cube'],
  { at, lo = 0, hi = 0 }: CheckedCell,
  count: number,
): void {
  const middle = Math.floor((count + Math.floor(rounding / 2)) / rounding) * rounding
  const least = Math.max(threshold, middle - Math.floor(rounding / 2))
  must(
    count >= threshold && lo <= least && hi >= middle + Math.ceil(rounding / 2) - 1,
    `${nameOf(at)}: is shown too closely`,
  )
}

/** What the witnesses of one view show together: the least and the most of the others in each cell. */
// eslint-disable-next-line complexity -- one pass over the witnesses, so that a reader can follow it line by line
function checkView({ cube, records }: Checked, books: Books, { knows, witnesses }: View): void {
  const few = cube.others_threshold ?? 3
  const isKnown = (record: number) => knows.includes(records.organisations?.[record] ?? -1)
  const own = books.names.map(() => 0)
  for (const [record, row] of records.rows.entries())
    if (isKnown(record)) for (const cell of books.cellsOf(row)) own[cell] = get(own, cell) + 1
  const [least, most] = [[...books.counts], [...books.counts]]
  const beside = besideOne(books, records.rows, few)
  const organisation = cube.dims.findIndex(({ name }) => name === cube.organisation_dimension)
  for (const witness of witnesses) {
    const moved = new Set<number>()
    const there = new Map<number, number>()
    const add = (row: readonly number[], by: number) => {
      for (const cell of books.cellsOf(row)) there.set(cell, (there.get(cell) ?? get(books.counts, cell)) + by)
    }
    for (const [record = -1, ...codes] of witness) {
      must(
        !moved.has(record) && !isKnown(record) && records.pinned?.includes(record) !== true,
        'a witness changes what may not change',
      )
      must(!knows.includes(codes[organisation] ?? -1), 'a witness gives an insider more records')
      moved.add(record)
      add(get(records.rows, record), -1)
      add(codes, 1)
    }
    for (const [cell, count] of there) {
      must(
        count >= get(books.lo, cell) && count <= get(books.hi, cell),
        `${get(books.names, cell)}: a witness does not fit`,
      )
      least[cell] = Math.min(get(least, cell), count)
      most[cell] = Math.max(get(most, cell), count)
    }
    if (knows.length === 0) beside.look(there, moved)
  }
  for (const cell of books.declared) {
    const others = get(books.counts, cell) - get(own, cell)
    const isTarget = knows.length === 0 ? isDeniable(books, cell, cube.threshold) : others < few
    if (!isTarget) continue
    must(get(least, cell) === get(own, cell), `${get(books.names, cell)}: nothing shows that nobody need be there`)
    const enough = knows.length === 0 ? cube.threshold : get(own, cell) + few
    must(get(most, cell) >= enough, `${get(books.names, cell)}: nothing shows that there can be many`)
  }
  if (knows.length > 0) return
  for (const { group, category } of books.shares)
    must(
      get(least, category) <= Math.floor(SHARE_MAX * (group.lo ?? 0)),
      `${get(books.names, category)}: its share is proved`,
    )
  beside.settle()
}

const isDeniable = ({ published, deniable, counts }: Books, cell: number, threshold: number): boolean =>
  published.get(cell)?.hidden === true && (deniable.has(cell) || get(counts, cell) < threshold)

/** For whoever knows one record: other data in which it is as it is, and the others are none, or more than few. */
function besideOne({ names, counts, declared, cellsOf }: Books, rows: Checked['records']['rows'], few: number) {
  const inside = new Map(declared.filter((cell) => get(counts, cell) <= few).map((cell) => [cell, new Set<number>()]))
  for (const [record, row] of rows.entries()) for (const cell of cellsOf(row)) inside.get(cell)?.add(record)
  const always = new Map<string, Set<number>>()
  const settled = new Set<string>()
  const narrow = (goal: string, moved: ReadonlySet<number>) =>
    always.set(goal, new Set([...(always.get(goal) ?? moved)].filter((record) => moved.has(record))))
  // eslint-disable-next-line complexity -- four cases of one count
  const look = (there: ReadonlyMap<number, number>, moved: ReadonlySet<number>): void => {
    for (const [cell, members] of inside) {
      const count = there.get(cell) ?? get(counts, cell)
      if (count === 0) narrow(`${cell} none`, moved)
      if (count >= few) narrow(`${cell} many`, moved)
      for (const one of members) {
        if (!moved.has(one) && count === 1) settled.add(`${cell} none ${one}`)
        if (!moved.has(one) && count > few) settled.add(`${cell} many ${one}`)
      }
    }
  }
  const settle = (): void => {
    for (const [cell, members] of inside) {
      const why = `${get(names, cell)}: somebody who knows one record could tell`
      for (const one of members) {
        must(members.size === 1 || settled.has(`${cell} none ${one}`), why)
        must(members.size > few || settled.has(`${cell} many ${one}`), why)
      }
      if (members.size >= few) continue
      const isFree = (goal: string) => [...(always.get(goal) ?? [-1])].every((record) => members.has(record))
      must((members.size === 0 || isFree(`${cell} none`)) && isFree(`${cell} many`), why)
    }
  }
  return { look, settle }
}
