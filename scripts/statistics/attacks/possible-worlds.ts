import { protect } from '../../../src/statistics/protection/protect.ts'
import type { At, CubeDefinition, Draw, ReleasedCell } from '../../../src/statistics/protection/types.ts'
import { cellsIn } from './naive.ts'
import { insideOf } from './published.ts'

// The reader who has this program: every filling of a small table with every throw of the coins is run through it, and
// what all those have in common that lead to the same bytes is proved. A release is naive when it only hides the small.

export type Publish = (
  rows: readonly (readonly number[])[],
  coins: Draw,
) => Promise<readonly ReleasedCell[] | undefined>

export type Worlds = {
  readonly runs: number
  readonly releases: number
  readonly smallCells: number
  readonly leaks: number
}

type Cell = { readonly at: At; readonly holds: (row: readonly number[]) => boolean }
type World = { readonly counts: readonly number[]; readonly published: readonly ReleasedCell[] }

export async function possibleWorlds(cube: CubeDefinition, most: number, publish: Publish): Promise<Worlds> {
  const byBytes = new Map<string, World[]>()
  let runs = 0
  for await (const world of worldsOf(cube, fillings(cube, most), publish)) {
    runs += 1
    if (world.published === undefined) continue
    const bytes = JSON.stringify(world.published)
    byBytes.set(bytes, [...(byBytes.get(bytes) ?? []), { ...world, published: world.published }])
  }
  const groups = [...byBytes.values()].map((worlds) => leaksIn(cube, worlds))
  const sum = (of: (group: { small: number; leaks: number }) => number) =>
    groups.reduce((total, group) => total + of(group), 0)
  return { runs, releases: byBytes.size, smallCells: sum(({ small }) => small), leaks: sum(({ leaks }) => leaks) }
}

/** What the reader proves of one release: all fillings up to so many records that lead to it. */
export async function worldsBehind(cube: CubeDefinition, { cells, most, publish }: Behind) {
  const total = cells.find(({ at }) => Object.keys(at).length === 0)
  const { lo = 0, hi = most } = total ?? {}
  const published = textOfCells(cube, cells)
  const worlds: World[] = []
  let runs = 0
  for await (const world of worldsOf(cube, fillingsWith(cube, [lo, Math.min(hi, most)]), publish)) {
    runs += 1
    const cellsThere = world.published ?? []
    if (textOfCells(cube, cellsThere) === published) worlds.push({ ...world, published: cellsThere })
  }
  return { runs, worlds: worlds.length, ...leaksIn(cube, worlds) }
}

type Behind = { readonly cells: readonly Figure[]; readonly most: number; readonly publish: Publish }
type Figure = { readonly at: At; readonly lo?: number; readonly hi?: number; readonly hidden?: boolean }
type Rows = readonly (readonly number[])[]

const textOfCells = (cube: CubeDefinition, cells: readonly Figure[]): string =>
  cells
    .map(({ at, lo, hi }) => `${textOf(cube, at)} ${lo ?? ''} ${hi ?? ''}`)
    .sort()
    .join()

/** Each filling with every throw of the coins that could matter, and what comes of it. */
async function* worldsOf(cube: CubeDefinition, fillingsOf: Iterable<Rows>, publish: Publish) {
  const cells = cellsOf(cube)
  for (const rows of fillingsOf) {
    const counts = cells.map(({ holds }) => rows.filter(holds).length)
    const tossed = [...cells.keys()].filter((cell) => cell > 0 && (counts[cell] ?? 0) >= cube.threshold)
    for (let pattern = 0; pattern < 2 ** tossed.length; pattern += 1) {
      const heads = new Set(
        tossed.filter((_, bit) => (pattern >> bit) % 2 === 1).map((cell) => textOf(cube, cells[cell]?.at ?? {})),
      )
      yield { counts, published: await publish(rows, (purpose, text) => drawn(purpose, text, heads)) }
    }
  }
}

/** Heads hides; the order is that of the hash of the text, the same for all worlds: more than a reader can know. */
function drawn(purpose: string, text: string, heads: ReadonlySet<string>): number {
  if (purpose === 'coin') return heads.has(text) ? 0 : 0.999
  let hash = 7
  for (const letter of purpose + text) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0
  return hash / 2 ** 32
}

/** In each world the cells that are small and that, by all worlds with these bytes, must be so, or cannot be empty. */
function leaksIn({ threshold }: CubeDefinition, worlds: readonly World[]): { small: number; leaks: number } {
  const totals = { small: 0, leaks: 0 }
  worlds[0]?.published.forEach((cell, index) => {
    if (!('hidden' in cell)) return
    const counts = worlds.map((world) => world.counts[index] ?? 0)
    const small = counts.filter((count) => count < threshold).length
    const isProvedSmall = counts.every((count) => count < threshold)
    const isProvedThere = counts.every((count) => count > 0)
    totals.small += small
    if (isProvedSmall || isProvedThere) totals.leaks += small
  })
  return totals
}

const cellsOf = (cube: CubeDefinition): Cell[] => cellsIn(cube).map((at) => ({ at, holds: insideOf(cube.dims, at) }))

const textOf = ({ dims }: CubeDefinition, at: At): string =>
  dims.map(({ name }) => JSON.stringify([name, at[name] ?? null])).join()

/** All ways to put up to so many records into the cells: complete for every total up to it. */
function* fillings({ dims }: CubeDefinition, most: number): Generator<number[][]> {
  const start: number[][] = [[]]
  const atoms = dims.reduce((rows, { leaves }) => rows.flatMap((row) => leaves.map((_, leaf) => [...row, leaf])), start)
  yield* filled(atoms, most)
}

function* fillingsWith(cube: CubeDefinition, [least, most]: readonly [number, number]): Generator<number[][]> {
  for (const rows of fillings(cube, most)) if (rows.length >= least) yield rows
}

function* filled([atom, ...others]: readonly number[][], most: number): Generator<number[][]> {
  const nobody: number[][] = []
  if (atom === undefined) yield nobody
  if (atom === undefined) return
  for (let count = 0; count <= most; count += 1)
    for (const rest of filled(others, most - count)) yield [...Array.from({ length: count }, () => atom), ...rest]
}

/** What this program publishes. */
export const protectedBy =
  (cube: CubeDefinition): Publish =>
  async (rows, draw) => {
    const verdict = await protect(cube, { rows }, { draw, useful_share: 0 })
    return verdict.verdict === 'released' ? inOrder(cube, verdict.cells) : undefined
  }

/** The same where the reader has the key of everything but the coins. */
export const protectedWith =
  (cube: CubeDefinition, key: Draw): Publish =>
  (rows, coins) =>
    protectedBy(cube)(rows, (purpose, text) => (purpose === 'coin' ? coins : key)(purpose, text))

const inOrder = (cube: CubeDefinition, cells: readonly ReleasedCell[]): ReleasedCell[] => {
  const byText = new Map(cells.map((cell) => [textOf(cube, cell.at), cell]))
  return cellsOf(cube).flatMap(({ at }) => byText.get(textOf(cube, at)) ?? [])
}

/** A table of at most two by three, with a threshold of three and exact counts. */
export const tiny = (a: number, b: number): CubeDefinition => ({
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

/** What many publish: all that is not small. */
export const thresholdOnly =
  (cube: CubeDefinition): Publish =>
  (rows) => {
    const shown = cellsOf(cube).map(({ at, holds }): ReleasedCell => {
      const value = rows.filter(holds).length
      return value < cube.threshold ? { at, hidden: true } : { at, value, lo: value, hi: value }
    })
    return Promise.resolve(shown)
  }
