import { setImmediate as nextTurn } from 'node:timers/promises'
import { NO_LIMIT } from './facts.ts'
import { giveWay, type Hiding } from './hide.ts'
import { at, countsOf } from './layout.ts'
import { mustFit, recount } from './recount.ts'
import { type Goal, witnessSearch } from './search.ts'
import type { CertifiedView, CubeDefinition, ProtectOptions, Records, Witness } from './types.ts'

/** Nothing can be hidden any more that would help. */
export class Unprovable extends Error {}

export type Game = Hiding & {
  readonly cube: CubeDefinition
  readonly records: Records
  readonly counts: Int32Array
  readonly options: ProtectOptions
  readonly until: number
}

/** Where nothing is found in this many steps, first a tenth of it, something gives way. A small table is soon searched. */
const MOVES_MAX = 30_000
const MOVES_PER_RECORD = 60
const TURN_MS = 30

/** The other data found for one insider, and what each of them shows. */
export type Prover = {
  readonly own: Int32Array
  /** The least and the most that any other data have in each cell. */
  readonly seen: { readonly least: Int32Array; readonly most: Int32Array }
  /** Where the data was changed and how many records are where; the last one found is the last. */
  readonly found: () => readonly Evidence[]
  readonly view: () => CertifiedView
  /** Finds other data for the goal; where there are none, hides until there are. */
  readonly reach: (goal: Goal) => Promise<Evidence>
  /** The same, but hides nothing: without other data, what stood in the way. */
  readonly tryReach: (goal: Goal) => Evidence | Conflict
  /** Forgets other data that do not fit any more. */
  readonly forget: (fits: (evidence: Evidence) => boolean) => void
  readonly breathe: () => Promise<void>
}

type Conflict = { readonly conflict: ReadonlyMap<number, number> }

export type Evidence = {
  readonly witness: Witness
  readonly moved: ReadonlySet<number>
  readonly there: ReadonlyMap<number, number>
}

/** For nobody in particular, or for the insider who knows the records of these organisations. */
export function proverFor(game: Game, knows: readonly number[]): Prover {
  const { layout, facts, records, cube } = game
  const isKnown = (record: number) => knows.includes(records.organisations?.[record] ?? -1)
  const fixed = new Set(records.pinned ?? [])
  const movable = [...records.rows.keys()].filter((record) => !isKnown(record) && !fixed.has(record))
  const dim = cube.dims.findIndex(({ name }) => name === cube.organisation_dimension)
  const world = { layout, rows: records.rows, movable, random: randomFor(game, knows) }
  const search = witnessSearch(dim < 0 ? world : { ...world, closed: { dim, leaves: new Set(knows) } }, facts)
  const own = countsOf(layout, knows.length === 0 ? [] : records.rows.filter((_, record) => isKnown(record)))
  let found: Evidence[] = []
  const seen = { least: Int32Array.from(game.counts), most: Int32Array.from(game.counts) }
  const breathe = inTurns(game)
  const movesMax = Math.min(MOVES_MAX, MOVES_PER_RECORD * records.rows.length)

  function tryReach(goal: Goal): Evidence | Conflict {
    const first = search.find(goal, movesMax / 10)
    const result = 'witness' in first ? first : search.find(goal, movesMax)
    if ('conflict' in result) return result
    const { witness } = result
    const there = recount({ layout, rows: records.rows, counts: game.counts }, witness)
    const evidence = { witness, moved: new Set(witness.map(([record = -1]) => record)), there }
    found.push(evidence)
    look(evidence)
    return evidence
  }

  async function reach(goal: Goal): Promise<Evidence> {
    for (;;) {
      await breathe()
      const result = tryReach(goal)
      if ('witness' in result) return result
      if (!giveWay(game, result.conflict)) throw new Unprovable()
    }
  }

  const forget = (fits: (evidence: Evidence) => boolean): void => {
    found = found.filter(fits)
    seen.least.set(game.counts)
    seen.most.set(game.counts)
    found.forEach(look)
  }

  function look({ there }: Evidence): void {
    for (const [cell, count] of there) {
      seen.least[cell] = Math.min(at(seen.least, cell), count)
      seen.most[cell] = Math.max(at(seen.most, cell), count)
    }
  }

  /** Only what fits all facts to the end is a proof. */
  function view(): CertifiedView {
    for (const { there } of found) mustFit(facts, there)
    return { knows, witnesses: found.map(({ witness }) => witness) }
  }

  return { own, seen, found: () => found, reach, tryReach, forget, breathe, view }
}

/** Lets others have their turn, and stops when told to or when it has lasted too long. */
function inTurns({ options, until }: Game): () => Promise<void> {
  let since = performance.now()
  return async () => {
    options.signal?.throwIfAborted()
    if (performance.now() > until) throw new Unprovable()
    if (performance.now() - since < TURN_MS) return
    await nextTurn()
    since = performance.now()
  }
}

/** mulberry32: quick, and the same for the same draw, so that the same release has the same bytes. */
function randomFor({ options }: Game, knows: readonly number[]): () => number {
  let state = Math.floor(options.draw('search', knows.join('+')) * 2 ** 32)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const atMost = (cell: number, hi: number): Goal => ({ cell, lo: 0, hi })
export const atLeast = (cell: number, lo: number): Goal => ({ cell, lo, hi: NO_LIMIT })

export const countThere = (layoutCounts: Int32Array, { there }: Evidence, cell: number): number =>
  there.get(cell) ?? at(layoutCounts, cell)
