import { expect, test } from 'vitest'
import { type Broken, boundsOf, broken, type Published } from '../../scripts/statistics/attacks/bounds.ts'
import { possibleWorlds, protectedBy, thresholdOnly } from '../../scripts/statistics/attacks/possible-worlds.ts'
import { drawsFrom, invent, type Invented } from '../../scripts/statistics/synthetic-records.ts'
import { protect } from '../../src/statistics/protection/protect.ts'
import type { At, CubeDefinition, EarlierFact, Records, ReleasedCell } from '../../src/statistics/protection/types.ts'

const draw = drawsFrom('test')
const table = invent({ sizes: [3, 4, 3], margins: 2, records: 160, organisations: 3, seed: 8 })

const counter =
  ({ dims }: CubeDefinition, rows: Records['rows']) =>
  (at: At): number =>
    rows.filter((row) =>
      dims.every(({ name, leaves }, dim) => at[name] === undefined || leaves[row[dim] ?? -1] === at[name]),
    ).length

async function released(
  { cube, records }: Invented,
  earlier: readonly EarlierFact[] = [],
): Promise<readonly ReleasedCell[]> {
  const verdict = await protect(cube, records, { draw, earlier, useful_share: 0 })
  if (verdict.verdict === 'refused') throw new Error(verdict.reason)
  return verdict.cells
}

/** What is small is hidden, all else is shown as it is. */
function naive({ cube, records }: Invented, cells: readonly ReleasedCell[]): ReleasedCell[] {
  const count = counter(cube, records.rows)
  return cells.map(({ at }) => {
    const value = count(at)
    return value < cube.threshold ? { at, hidden: true } : { at, value, lo: value, hi: value }
  })
}

const none: Broken['proved'] = 0
const hiddenIn = (cells: Published['cells']) => cells.filter((cell) => cell.hidden === true).map(({ at }) => at)

async function attack({ cube, records }: Invented, cells: readonly ReleasedCell[], whole: boolean): Promise<Broken> {
  const published = { dims: cube.dims, cells }
  return broken(
    await boundsOf(published, { insider: { rows: [] }, targets: hiddenIn(cells), whole }),
    cube.threshold,
    counter(cube, records.rows),
  )
}

test.each([false, true])(
  'no bounds prove a small cell, and they do where only the small is hidden (whole: %s)',
  async (whole) => {
    const cells = await released(table)

    const ours = await attack(table, cells, whole)
    const theirs = await attack(table, naive(table, cells), whole)

    expect(ours.targets).toBeGreaterThan(5)
    expect(ours).toMatchObject({ recovered: 0, proved: none })
    expect(theirs.proved).toBeGreaterThan(0)
  },
)

async function insiderAttack(
  { cube, records }: Invented,
  cells: readonly ReleasedCell[],
  knows: (record: number) => boolean,
) {
  const own = records.rows.filter((_, record) => knows(record))
  const others = counter(
    cube,
    records.rows.filter((_, record) => !knows(record)),
  )
  const targets = cells.filter(({ at }) => others(at) < 3).map(({ at }) => at)
  return broken(
    await boundsOf({ dims: cube.dims, cells }, { insider: { rows: own }, targets, whole: false }),
    3,
    others,
  )
}

test('no organisation and no two of them prove that the others have few', async () => {
  const cells = await released(table)
  const shown = naive(table, cells)
  const groups = [[0], [1], [2], [0, 1], [0, 2], [1, 2]]
  const totals = { ours: 0, theirs: 0, targets: 0 }

  for (const knows of groups) {
    const isKnown = (record: number) => knows.includes(table.records.organisations?.[record] ?? -1)
    const ours = await insiderAttack(table, cells, isKnown)
    totals.ours += ours.proved
    totals.targets += ours.targets
    totals.theirs += (await insiderAttack(table, shown, isKnown)).proved
  }

  expect(totals.targets).toBeGreaterThan(10)
  expect(totals.ours).toBe(0)
  expect(totals.theirs).toBeGreaterThan(0)
})

/** Six who have one or two others with them in some cell. */
function recordsInSmallCells(): number[] {
  const count = counter(table.cube, table.records.rows)
  const names = (row: readonly number[]) =>
    table.cube.dims.map(({ name, leaves }, dim) => [name, leaves[row[dim] ?? -1] ?? ''])
  const isSmall = (row: readonly number[]) =>
    [0, 1, 2].some((left) => [2, 3].includes(count(Object.fromEntries(names(row).toSpliced(left, 1)))))
  return [...table.records.rows.keys()].filter((record) => isSmall(table.records.rows[record] ?? [])).slice(0, 6)
}

test('nobody who knows one record proves that the others are few', async () => {
  const cells = await released(table)
  const totals = { ours: 0, theirs: 0 }

  for (const one of recordsInSmallCells()) {
    totals.ours += (await insiderAttack(table, cells, (record) => record === one)).proved
    totals.theirs += (await insiderAttack(table, naive(table, cells), (record) => record === one)).proved
  }

  expect(totals.ours).toBe(0)
  expect(totals.theirs).toBeGreaterThan(0)
})

test('a year beside its four quarters proves no small cell of any of them, and does where each hides only what is small', async () => {
  const year = invent({ sizes: [3, 3, 4], margins: 2, records: 320, organisations: 0, seed: 4 })
  const [first, second, quarter] = year.cube.dims
  if (first === undefined || second === undefined || quarter === undefined) throw new Error('three dimensions')
  const plain = { ...year.cube, dims: [first, second], coin: 0 }
  const quarters: EarlierFact[] = []
  const naiveQuarters: EarlierFact[] = []
  for (const [index, name] of quarter.leaves.entries()) {
    const rows = year.records.rows.filter((row) => row[2] === index).map((row) => row.slice(0, 2))
    const cells = await released({ cube: plain, records: { rows } })
    const plainly = naive({ cube: plain, records: { rows } }, cells)
    quarters.push(...cells.map((cell) => factOf(cell, { [quarter.name]: name })))
    naiveQuarters.push(...plainly.map((cell) => factOf(cell, { [quarter.name]: name })))
  }
  const cube = { ...plain, dims: [first, second, { ...quarter, only_earlier: true }] }
  const ledger = { cube, records: { rows: year.records.rows } }

  const annual = await released(ledger, quarters)
  const alone = naive(ledger, annual)

  const ours = await ledgerAttack(ledger, annual, quarters)
  const theirs = await ledgerAttack(ledger, alone, naiveQuarters)
  expect(ours.targets).toBeGreaterThan(3)
  expect(ours).toMatchObject({ recovered: 0, proved: 0 })
  expect(theirs.proved).toBeGreaterThan(0)
})

function factOf(cell: ReleasedCell, when: At): EarlierFact {
  const at = { ...cell.at, ...when }
  return 'value' in cell ? { at, lo: cell.lo, hi: cell.hi } : { at, lo: 0, hi: 1e6, hidden: true }
}

async function ledgerAttack(
  { cube, records }: Invented,
  cells: readonly ReleasedCell[],
  earlier: readonly EarlierFact[],
) {
  const published = { dims: cube.dims, cells: [...cells, ...earlier] }
  const targets = hiddenIn(published.cells)
  return broken(
    await boundsOf(published, { insider: { rows: [] }, targets, whole: true }),
    cube.threshold,
    counter(cube, records.rows),
  )
}

test('in no shown group four fifths provably fall into one sensitive category', async () => {
  const [first, ...others] = table.cube.dims
  if (first === undefined) throw new Error('three dimensions')
  const rows = table.records.rows.map(([, ...rest], record) => [record % 9 === 0 ? 1 : 0, ...rest])
  const cube = { ...table.cube, dims: [{ ...first, sensitive: true }, ...others], organisations: [] }
  const data = { cube, records: { rows } }

  const proved = await provedShare(data, await released(data))
  const without = await provedShare(data, naive(data, await released(data)))

  expect(proved).toBeLessThanOrEqual(0.8)
  expect(without).toBeGreaterThan(0.8)
})

async function provedShare({ cube }: Invented, cells: readonly ReleasedCell[]): Promise<number> {
  const groups = cells.flatMap((cell) => ('hi' in cell && cell.at['d1'] === undefined ? [cell] : []))
  const targets = groups.map(({ at }) => ({ ...at, d1: '1.1' }))
  const bounds = await boundsOf({ dims: cube.dims, cells }, { insider: { rows: [] }, targets, whole: false })
  return Math.max(...groups.map(({ hi }, index) => (bounds[index]?.least ?? 0) / hi))
}

const tiny = (a: number, b: number): CubeDefinition => ({
  dims: [
    { name: 'a', leaves: ['1', '2'].slice(0, a) },
    { name: 'b', leaves: ['1', '2', '3'].slice(0, b) },
  ],
  margins: 2,
  threshold: 3,
  rounding: 1,
  coin: 0.05,
  others_threshold: 1,
})

test.each([
  [1, 3, 5],
  [2, 2, 4],
])('a reader with this program, and all fillings of a table of %i by %i, proves nothing', async (a, b, most) => {
  const cube = tiny(a, b)

  const ours = await possibleWorlds(cube, most, protectedBy(cube))
  const theirs = await possibleWorlds(cube, most, thresholdOnly(cube))

  expect(ours.smallCells).toBeGreaterThan(100)
  expect(ours.leaks).toBe(0)
  expect(theirs.leaks).toBeGreaterThan(100)
})

test('asking a thousand times for the same release says no more than asking once', async () => {
  const small = invent({ sizes: [2, 3], margins: 2, records: 60, organisations: 0, seed: 2 })

  const bytes = new Set<string>()
  for (let again = 0; again < 1000; again += 1) bytes.add(JSON.stringify(await released(small)))

  expect(bytes.size).toBe(1)
})
