import { protect } from '../../../src/statistics/protection/protect.ts'
import type { CubeDefinition, Dimension, EarlierFact, Records } from '../../../src/statistics/protection/types.ts'
import { drawsFrom, invent } from '../synthetic-records.ts'
import { cellsIn, thresholdOnly } from './naive.ts'
import { type At, type Cell, insideOf, type Release } from './published.ts'

// Years of releases as an organisation makes them: four quarters, then the year, with corrections that came after a
// quarter was published. The reader knows whose record was corrected and how, and shifts the older figures by it.

type Row = readonly number[]
/** One of a quarter; what it is at last, where it was corrected; and whose it is. */
type Told = { readonly quarter: number; readonly first: Row; last: Row; readonly owner: number }

export type LedgerWish = {
  readonly years: number
  readonly sizes: readonly number[]
  readonly records_per_quarter: number
  readonly organisations: number
  readonly seed: number
}
/** Undefined where it refuses. */
export type Publish = (
  cube: CubeDefinition,
  records: Records,
  earlier: readonly EarlierFact[],
) => Promise<readonly Cell[] | undefined>

export type Ledger = {
  readonly releases: readonly Release[]
  /** All records as they are at last; the quarter is their last code. */
  readonly rows: readonly Row[]
  readonly owners: readonly number[]
  /** Whose correction the reader knows. */
  readonly corrected: readonly number[]
}

const QUARTERS = 4

export async function ledgerOf(wish: LedgerWish, publish: Publish): Promise<Ledger> {
  const quarter = quartersOf(wish.years)
  const { cube, told } = toldIn(wish)
  const world = { cube, quarter, dims: [...cube.dims, quarter], publish }
  const releases: Release[] = []
  const kept: Told[] = []
  for (let year = 0; year < wish.years; year += 1) {
    const ofYear = told.filter((one) => Math.floor(one.quarter / QUARTERS) === year)
    const quarters = await quartersReleased(world, ofYear)
    const annual = await yearReleased(world, quarters, ofYear)
    releases.push(...annual.releases)
    kept.push(...annual.told)
  }
  return {
    releases,
    rows: kept.map(({ last, quarter: number }) => [...last, number]),
    owners: kept.map(({ owner }) => owner),
    corrected: [...kept.keys()].filter((index) => kept[index]?.first !== kept[index]?.last),
  }
}

type World = {
  readonly cube: CubeDefinition
  readonly quarter: Dimension
  readonly dims: readonly Dimension[]
  readonly publish: Publish
}

function quartersOf(years: number): Dimension {
  const leaves = Array.from({ length: years * QUARTERS }, (_, index) => {
    const [year, number] = [2024 + Math.floor(index / QUARTERS), (index % QUARTERS) + 1]
    return `${String(year)}-Q${String(number)}`
  })
  const names = [...new Set(leaves.map((leaf) => leaf.slice(0, 4)))]
  const groups = names.map((name) => ({ name, leaves: leaves.filter((leaf) => leaf.startsWith(name)) }))
  return { name: 'quarter', leaves, groups }
}

const CORRECTED = 10
/** What stays behind must not be small. */
const LARGE = 25

function toldIn(wish: LedgerWish): { cube: CubeDefinition; told: Told[] } {
  const quarters = wish.years * QUARTERS
  const { cube, records } = invent({ ...wish, records: wish.records_per_quarter * quarters, margins: 2 })
  const told = records.rows.map((row, index) => {
    const owner = records.organisations?.[index] ?? 0
    return { quarter: index % quarters, first: row, last: row, owner }
  })
  for (let quarter = 0; quarter < quarters; quarter += 2) correct(told.filter((one) => one.quarter === quarter))
  return { cube, told }
}

/** Ten of the largest group turn out to have another first code. */
function correct(told: readonly Told[]): void {
  const groups = [...new Set(told.map(({ first }) => first.join()))].map((row) =>
    told.filter(({ first }) => first.join() === row),
  )
  const [largest = []] = groups.sort((one, other) => other.length - one.length)
  if (largest.length < LARGE) return
  for (const one of largest.slice(0, CORRECTED)) one.last = one.first.with(0, one.first[0] === 0 ? 1 : 0)
}

async function quartersReleased({ cube, quarter, dims, publish }: World, told: readonly Told[]): Promise<Release[]> {
  const releases: Release[] = []
  for (const [number, leaf] of quarter.leaves.entries()) {
    const own = told.filter((one) => one.quarter === number)
    if (own.length === 0) continue
    const records = { rows: own.map(({ first }) => first), organisations: own.map(({ owner }) => owner) }
    const cells = await publish(cube, records, [])
    if (cells !== undefined) releases.push({ dims, cells, within: { quarter: leaf } })
  }
  return releases
}

/** The year over its quarters; where it is refused with the corrections, without them. */
async function yearReleased(
  { cube, quarter, dims, publish }: World,
  quarters: readonly Release[],
  told: readonly Told[],
) {
  const first = Math.min(...told.map((one) => one.quarter))
  const leaves = quarter.leaves.slice(first, first + QUARTERS)
  const annual = { ...cube, dims: [...cube.dims, { name: 'quarter', leaves, only_earlier: true }] }
  const uncorrected = told.map((one) => ({ ...one, last: one.first }))
  for (const some of [told, uncorrected]) {
    const releases = quarters.map((release) => shifted(release, dims, some))
    const records = {
      rows: some.map(({ last, quarter: number }) => [...last, number - first]),
      organisations: some.map(({ owner }) => owner),
      pinned: [...some.keys()].filter((index) => some[index]?.first !== some[index]?.last),
    }
    const cells = await publish(annual, records, releases.flatMap(factsOf))
    const [year = ''] = (leaves[0] ?? '').split('-')
    if (cells !== undefined) return { releases: [...releases, { dims, cells, within: { quarter: year } }], told: some }
  }
  return { releases: quarters, told: uncorrected }
}

/** What an older figure says of the records as they are now. */
function shifted({ cells, within = {} }: Release, dims: readonly Dimension[], told: readonly Told[]): Release {
  const changed = told.filter(({ first, last }) => first !== last)
  const by = (at: At): number => {
    const isInside = insideOf(dims, { ...at, ...within })
    const countOf = (rows: readonly Row[]) => rows.filter(isInside).length
    const [before, after] = [
      changed.map(({ first, quarter }) => [...first, quarter]),
      changed.map(({ last, quarter }) => [...last, quarter]),
    ]
    return countOf(after) - countOf(before)
  }
  const moved = cells.map(({ at, lo, hi, ...cell }): Cell => {
    return lo === undefined || hi === undefined ? { at, ...cell } : { at, lo: lo + by(at), hi: hi + by(at) }
  })
  return { dims, cells: moved, within }
}

const NO_LIMIT = 1e9

const factsOf = ({ cells, within = {} }: Release): EarlierFact[] =>
  cells.map(({ at, lo = 0, hi = NO_LIMIT, hidden }) => ({
    at: { ...at, ...within },
    lo,
    hi,
    ...(hidden === true ? { hidden } : {}),
  }))

/** As this program publishes, each with what was published before. */
export const protectedLedger =
  (key: string): Publish =>
  async (cube, records, earlier) => {
    const verdict = await protect(cube, records, { draw: drawsFrom(key), earlier, useful_share: 0 })
    return verdict.verdict === 'released' ? verdict.cells : undefined
  }

/** Each release by itself, and only what is small hidden. */
export const naiveLedger: Publish = (cube, { rows }) =>
  Promise.resolve(thresholdOnly({ dims: cube.dims, rows, threshold: cube.threshold }, cellsIn(cube)).cells)
