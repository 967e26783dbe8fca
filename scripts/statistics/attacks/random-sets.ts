import { checkRelease } from '../../../src/statistics/checker/check.ts'
import { protect } from '../../../src/statistics/protection/protect.ts'
import type { CubeDefinition, Records } from '../../../src/statistics/protection/types.ts'
import { drawsFrom, invent, seeded, type Wish } from '../synthetic-records.ts'
import { attackRelease, type Effort, type Finding } from './attack.ts'
import { thresholdOnly } from './naive.ts'

// Invented data of every size, from 50 records to 20,000 and from three dimensions to seven: each release is certified,
// or refused, and then attacked.

export type Attempt = {
  readonly wish: Wish
  readonly seconds: number
  readonly verdict: 'certified' | 'refused'
  readonly ours: readonly Finding[]
  /** The same table with only the small hidden, by the same attacks. */
  readonly naive: readonly Finding[]
}

const SECONDS_MAX = 60
const CELLS_MAX = 1200
const [RECORDS_LEAST, RECORDS_MOST] = [50, 20_000]

/** The wishes hang on the seed alone. */
export function wishesOf(sets: number, seed: number): Wish[] {
  const random = seeded(seed)
  return Array.from({ length: sets }, (_, index) => wishFrom(random, seed * 1000 + index))
}

function wishFrom(random: () => number, seed: number): Wish {
  const upTo = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const margins = random() < 0.3 ? 3 : 2
  let sizes = Array.from({ length: upTo(3, 7) }, () => upTo(2, 9))
  while (cellsFor(sizes, margins) > CELLS_MAX) sizes = sizes.map((size) => Math.max(2, size - 1))
  const records = Math.round(RECORDS_LEAST * (RECORDS_MOST / RECORDS_LEAST) ** random())
  const [organisations, skew] = [random() < 0.3 ? 0 : upTo(2, 5), 0.3 + random()]
  return { sizes, margins, records, organisations, skew, seed }
}

const cellsFor = (sizes: readonly number[], margins: number): number =>
  sizes
    .reduce<number[][]>((sets, size) => [...sets, ...sets.map((set) => [...set, size])], [[]])
    .filter((set) => set.length <= margins)
    .reduce((sum, set) => sum + set.reduce((product, size) => product * size, 1), 0)

export async function attempt(wish: Wish, effort: Effort): Promise<Attempt> {
  const invented = invent(wish)
  const { records } = invented
  const [first, ...others] = invented.cube.dims
  const dims =
    first === undefined || wish.seed % 4 > 0 ? invented.cube.dims : [{ ...first, sensitive: true }, ...others]
  const cube = { ...invented.cube, dims }
  const began = performance.now()
  const options = { draw: drawsFrom(String(wish.seed)), seconds_max: SECONDS_MAX }
  const verdict = await protect(cube, records, options)
  const seconds = (performance.now() - began) / 1000
  if (verdict.verdict === 'refused') return { wish, seconds, verdict: 'refused', ours: [], naive: [] }
  const { cells, certificate } = verdict
  checkRelease({ cube, cells, records, certificate })
  const hidden = cells.map(({ at }) => at)
  const naive = thresholdOnly({ dims, rows: records.rows, threshold: cube.threshold }, hidden)
  return {
    wish,
    seconds,
    verdict: 'certified',
    ours: await attacked(cube, records, { published: { dims, cells }, effort }),
    naive: await attacked(cube, records, { published: naive, effort: { ...effort, insiders: 1 } }),
  }
}

type Target = { readonly published: Parameters<typeof attackRelease>[0]['published']; readonly effort: Effort }

const attacked = (
  { threshold }: CubeDefinition,
  { rows, organisations: owners = [] }: Records,
  target: Target,
): Promise<Finding[]> => attackRelease({ ...target, rows, owners, threshold })
