// A second opinion on a release, from what is published, the snapshot and the certificate. It searches nothing, counts
// in whole numbers, and shares no code with the program that chose what to hide.

type Named = Readonly<Record<string, string>>
type Group = { name: string; leaves: readonly string[] }
type Dim = Group & { groups?: readonly Group[]; sensitive?: boolean; only_earlier?: boolean }
type Rules = { margins: number; threshold: number; rounding: number; others_threshold?: number }
type Insiders = { organisations?: readonly string[]; organisation_dimension?: string; pairs?: boolean }
type Cube = Rules & Insiders & { dims: readonly Dim[]; structural_zeros?: readonly Named[] }
type Figure = { at: Named; lo?: number; hi?: number; hidden?: boolean }
type Rows = readonly (readonly number[])[]
type Records = { rows: Rows; organisations?: readonly number[]; pinned?: readonly number[] }
type View = { knows: readonly number[]; witnesses: readonly Rows[] }
type Certificate = { records: number; threshold: number; also_deniable: readonly Named[]; views: readonly View[] }
type Release = { cube: Cube; cells: readonly Figure[]; earlier?: readonly Figure[] }
export type Checked = Release & { records: Records; certificate: Certificate }

/** What is in a cell, and what all other data must have there. */
type Cell = { at: Named; wants: readonly (readonly boolean[])[]; count: number; lo: number; hi: number }
/** Some other data must have so many in the cell. Stuck: whose records all such data change, and whom that would tell. */
type Goal = { cell: Cell; lo: number; hi: number; tells?: (record: number) => boolean; stuck?: number[] }
type Promises = ReturnType<typeof readPromises>
export class Rejected extends Error {}

function must(holds: boolean, why: string, cell?: Cell): asserts holds {
  if (!holds) throw new Rejected(cell === undefined ? why : `${JSON.stringify(cell.at)}: ${why}`)
}

/** Throws Rejected, with the cell, where the promise does not hold. */
export function checkRelease(checked: Checked): void {
  const { certificate, cube, records } = checked
  const asked = [records.rows.length, cube.threshold, insidersOf(cube)]
  const told = [certificate.records, certificate.threshold, certificate.views.map(({ knows }) => knows)]
  must(JSON.stringify(told) === JSON.stringify(asked), 'the certificate is for other records, threshold or insiders')
  const promises = readPromises(checked)
  for (const view of certificate.views) checkView(checked, promises, view)
}

/** Nobody, each organisation, each two of them. */
function insidersOf({ organisations = [], pairs }: Cube): number[][] {
  const all = [...organisations.keys()]
  const two = pairs === true && all.length > 2 ? all.flatMap((a) => all.slice(a + 1).map((b) => [a, b])) : []
  return [[], ...(all.length > 1 ? all.map((a) => [a]) : []), ...two]
}

/** The cells that are spoken of, and which of them a record is in. */
function openBook({ dims }: Cube) {
  const cells = new Map<string, Cell>()
  const memory = new Map<string, Cell[]>()
  function cellAt(at: Named): Cell {
    const key = JSON.stringify(dims.map(({ name }) => at[name]))
    const wants = dims.map(({ name, leaves, groups = [] }) => {
      const among = groups.find((group) => group.name === at[name])?.leaves ?? [at[name]]
      return leaves.map((leaf) => at[name] === undefined || among.includes(leaf))
    })
    const cell = cells.get(key) ?? { at, wants, count: 0, lo: 0, hi: Infinity }
    cells.set(key, cell)
    return cell
  }
  function cellsOf(row: readonly number[]): Cell[] {
    const isIn = ({ wants }: Cell) => wants.every((leaves, dim) => leaves[row[dim] ?? -1] === true)
    const found = memory.get(row.join()) ?? [...cells.values()].filter(isIn)
    must(found.length > 0 && row.length === dims.length, 'a record is not of this cube')
    memory.set(row.join(), found)
    return found
  }
  return { cellAt, cellsOf }
}

/** Every cell that the cube shows or hides. */
function declaredIn({ dims, margins }: Cube): Named[] {
  const deeper = (cells: Named[], { name, leaves, groups = [] }: Dim) => {
    const codes = [...leaves, ...groups.map((group) => group.name)]
    const wider = cells.filter((at) => Object.keys(at).length < margins)
    return [...cells, ...wider.flatMap((at) => codes.map((code) => ({ ...at, [name]: code })))]
  }
  return dims.filter((dim) => dim.only_earlier !== true).reduce(deeper, [{}])
}

/** What is published, known before and promised, cell by cell. The real records must fit it. */
function readPromises({ cube, cells, records, earlier = [], certificate }: Checked) {
  const { cellAt, cellsOf } = openBook(cube)
  const declared = new Set(declaredIn(cube).map(cellAt))
  const figures = new Map(cells.map((figure) => [cellAt(figure.at), figure]))
  const all = new Set([...declared, ...figures.keys()])
  must(new Set([declared.size, all.size, cells.length]).size === 1, 'the cells are not those of the cube')
  const zeros = zerosIn(cube)
  const known = [...zeros, ...earlier].map((figure) => ({ ...figure, cell: cellAt(figure.at) }))
  const shares = [...cells, ...earlier].flatMap((figure) => sharesIn(figure, cube, cellAt))
  const also = new Set(certificate.also_deniable.map(cellAt))
  for (const cell of records.rows.flatMap(cellsOf)) cell.count += 1
  const isZero = (cell: Cell) => zeros.some(({ at }) => Object.keys(at).every((name) => at[name] === cell.at[name]))
  const told = new Map<Cell, Figure>([...known.map((fact) => [fact.cell, fact] as const), ...figures])
  const isPromised = ({ hidden, lo = 0 }: Figure) => hidden === true || lo >= cube.threshold
  const promised = [...told.keys()].filter((cell) => !isZero(cell) && isPromised(told.get(cell) ?? cell))
  const hidden = promised.filter((cell) => told.get(cell)?.hidden === true)
  const deniable = new Set(hidden.filter((cell) => cell.count < cube.threshold || also.has(cell)))
  for (const cell of hidden.filter((other) => !deniable.has(other))) narrow(cell, cube.threshold)
  for (const { cell, lo, hi } of known) narrow(cell, lo, hi)
  for (const [cell, figure] of figures) checkFigure(cell, figure, isZero(cell) ? [0, 0] : shownAs(cell.count, cube))
  return { promised, deniable: [...deniable], shares, cellsOf, few: cube.others_threshold ?? 3 }
}

/** A hidden cell tells nothing, and one that cannot be is not hidden; a shown one tells its bounds and no more. */
function checkFigure(cell: Cell, { hidden, lo, hi }: Figure, [least, most]: readonly [number, number]): void {
  must(hidden === true ? least > 0 && (lo ?? hi) === undefined : lo === least && hi === most, 'is told wrongly', cell)
  narrow(cell, lo, hi)
}

function narrow(cell: Cell, lo = 0, hi = Infinity): void {
  cell.lo = Math.max(cell.lo, lo)
  cell.hi = Math.min(cell.hi, hi)
  must(isWithin(cell.count, cell), 'is not what is counted', cell)
}

/** The bounds of a rounded count. Nothing is within those of a count that is too small. */
function shownAs(count: number, { threshold, rounding }: Cube): readonly [number, number] {
  const least = count - ((count + Math.floor(rounding / 2)) % rounding)
  return [Math.max(threshold, least), least + rounding - 1]
}

/** In a shown group, each category of a sensitive dimension, and how many may provably be in it. */
function sharesIn({ at, lo = 0 }: Figure, { dims, threshold }: Cube, cellAt: (at: Named) => Cell): Goal[] {
  const open = dims.filter(({ name, sensitive }) => lo >= threshold && sensitive === true && at[name] === undefined)
  const categories = open.flatMap(({ name, leaves }) => leaves.map((leaf) => ({ ...at, [name]: leaf })))
  return categories.map((category) => atMost(cellAt(category), Math.floor((lo * 4) / 5)))
}

/** All witnesses together must show what is promised against this insider. The real records are the first of them. */
function checkView(checked: Checked, promises: Promises, { knows, witnesses }: View): void {
  const isOwn = knownTo(checked, knows)
  const own = checked.records.rows.filter((_, record) => isOwn([record]))
  const goals = knows.length > 0 ? insidersGoals(promises, own) : readersGoals(checked, promises)
  for (const witness of [[], ...witnesses]) {
    must(!witness.some(isOwn), 'a witness changes what an insider knows')
    const { moved, isMet } = otherData(checked, promises, witness)
    for (const goal of goals.filter((open) => open.stuck?.length !== 0 && isMet(open)))
      goal.stuck = (goal.stuck ?? [...moved]).filter((record) => moved.has(record))
  }
  const told = goals.find(({ stuck, tells }) => stuck === undefined || (tells !== undefined && stuck.some(tells)))
  must(told === undefined, 'nothing shows that it could be otherwise', told?.cell)
}

/** A record of these organisations, or one that other data give them. */
function knownTo({ cube: { dims, organisation_dimension: own }, records }: Checked, knows: readonly number[]) {
  const organisation = dims.findIndex(({ name }) => name === own)
  return ([record = -1, ...codes]: readonly number[]) =>
    knows.includes(records.organisations?.[record] ?? -1) || knows.includes(codes[organisation] ?? -1)
}

/** Where the data of a witness are different, counted anew; they must fit all that is published. */
function otherData({ records: { rows, pinned = [] } }: Checked, { cellsOf }: Promises, witness: Rows) {
  const there = new Map<Cell, number>()
  const add = (cell: Cell, by: number) => there.set(cell, (there.get(cell) ?? cell.count) + by)
  for (const cell of witness.flatMap(([record = -1]) => cellsOf(rows[record] ?? []))) add(cell, -1)
  for (const cell of witness.flatMap(([, ...codes]) => cellsOf(codes))) add(cell, 1)
  for (const [cell, count] of there) must(isWithin(count, cell), 'a witness does not fit', cell)
  const moved = new Set(witness.map(([record = -1]) => record))
  must(new Set([...pinned, ...moved]).size === pinned.length + witness.length, 'a record must not be changed so')
  return { moved, isMet: (goal: Goal) => isWithin(there.get(goal.cell) ?? goal.cell.count, goal) }
}

const zerosIn = ({ structural_zeros: zeros = [] }: Cube) => zeros.map((at): Figure => ({ at, lo: 0, hi: 0 }))
const isWithin = (count: number, { lo, hi }: { lo: number; hi: number }) => count >= lo && count <= hi
const atMost = (cell: Cell, hi: number): Goal => ({ cell, lo: 0, hi })
const atLeast = (cell: Cell, lo: number): Goal => ({ cell, lo, hi: Infinity })
/** Of the others there can be none, and there can be many. */
const noneOrMany = (cell: Cell, own: number, many: number) => [atMost(cell, own), atLeast(cell, own + many)]

function insidersGoals({ promised, cellsOf, few }: Promises, rows: Rows): Goal[] {
  const own = new Map<Cell, number>()
  for (const cell of rows.flatMap(cellsOf)) own.set(cell, (own.get(cell) ?? 0) + 1)
  const known = promised.map((cell) => [cell, own.get(cell) ?? 0] as const)
  return known.flatMap(([cell, count]) => (cell.count - count < few ? noneOrMany(cell, count, few) : []))
}

/** For everybody what is small; for whoever knows one record, inside a cell or outside it, where the others are few. */
function readersGoals({ cube, records }: Checked, { promised, deniable, shares, cellsOf, few }: Promises): Goal[] {
  const inside = new Map(promised.filter(({ count }) => count <= few).map((cell) => [cell, new Set<number>()]))
  for (const [record, row] of records.rows.entries()) for (const cell of cellsOf(row)) inside.get(cell)?.add(record)
  const told = (goals: Goal[], tells: (record: number) => boolean) => goals.map((goal) => ({ ...goal, tells }))
  const besides = [...inside].flatMap(([cell, members]) => [
    ...told(members.size > 0 ? noneOrMany(cell, 1, few) : [], (record) => members.has(record)),
    ...told(members.size < few ? noneOrMany(cell, 0, few) : [], (record) => !members.has(record)),
  ])
  return [...deniable.flatMap((cell) => noneOrMany(cell, 0, cube.threshold)), ...shares, ...besides]
}
