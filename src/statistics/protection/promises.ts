import type { Goal } from './search.ts'
import { at, cellIn, type Layout } from './layout.ts'
import { giveWay } from './hide.ts'
import { atLeast, atMost, countThere, type Evidence, type Game, type Prover, Unprovable } from './prove.ts'

/**
 * R3 and R11: each deniable cell can be empty, and can have the threshold or more, while the other hidden cells keep
 * the threshold. What is deniable hangs on the figures alone, not on which cells are small: a hidden cell that only
 * stands in the way becomes deniable too, unless it cannot be denied itself. So it could be seen from no choice of
 * what to hide which cells are the small ones. At last, when other proofs rest on it, nothing is taken back.
 */
export async function denySmallCells(game: Game, prover: Prover, when: 'first' | 'last'): Promise<void> {
  const firm = new Set<number>()
  for (let goal = unmet(game, prover); goal !== undefined; goal = unmet(game, prover)) {
    await prover.breathe()
    if ('witness' in prover.tryReach(goal)) continue
    const lifted = [...game.facts.hidden].filter((cell) => !game.facts.deniable.has(cell) && !firm.has(cell))
    const result = prover.tryReach({ ...goal, lifted })
    if ('witness' in result) denyBelow(game, result, lifted)
    else if (when === 'last' || at(game.counts, goal.cell) < game.cube.threshold) {
      if (!giveWay(game, result.conflict)) throw new Unprovable()
      firm.clear()
    } else {
      firm.add(goal.cell)
      floorAgain(game, prover, goal.cell)
    }
  }
}

function denyBelow({ facts, counts, cube }: Game, evidence: Evidence, lifted: readonly number[]): void {
  for (const cell of lifted) if (countThere(counts, evidence, cell) < cube.threshold) facts.deny(cell)
}

function floorAgain({ facts, counts, cube }: Game, prover: Prover, cell: number): void {
  facts.floor(cell)
  prover.forget((evidence) => countThere(counts, evidence, cell) >= cube.threshold)
}

/** A deniable cell that no other data leave empty, or none fill. */
function unmet(game: Game, prover: Prover): Goal | undefined {
  const { threshold } = game.cube
  const { least, most } = prover.seen
  const { deniable } = game.facts
  let done = 0
  for (const cell of deniable) {
    if (at(least, cell) > 0) return atMost(cell, 0)
    if (at(most, cell) < threshold) return atLeast(cell, threshold)
    done += 1
    game.options.onProgress?.({ stage: 'small cells', done, of: deniable.size })
  }
  return undefined
}

/** R7: where the others are few in any cell, hidden or shown, they can be none and can be more than few. */
export async function denyOthers(game: Game, prover: Prover): Promise<void> {
  const few = othersThreshold(game)
  const { least, most } = prover.seen
  for (const cell of game.facts.promised) {
    const own = at(prover.own, cell)
    if (at(game.counts, cell) - own >= few) continue
    if (at(least, cell) > own) await prover.reach(atMost(cell, own))
    if (at(most, cell) < own + few) await prover.reach(atLeast(cell, own + few))
  }
}

export const othersThreshold = ({ cube }: Game): number => cube.others_threshold ?? 3

/** R7: the same for whoever knows one record: there are other data in which it is as it is. */
export async function denyBesideOne(game: Game, prover: Prover): Promise<void> {
  const few = othersThreshold(game)
  for (const [cell, members] of membersOfFew(game, few)) {
    for (const one of members) {
      const beside = { cell, kept: new Set([one]), inside: 1 }
      await noneBeside(game, prover, beside)
      await manyBeside(game, prover, beside)
    }
    if (members.length < few) await besideAnybody(game, prover, cell)
  }
}

function membersOfFew({ layout, counts, records, facts }: Game, few: number): Map<number, number[]> {
  const fewIn = facts.promised.filter((cell) => at(counts, cell) <= few)
  const inside = new Map(fewIn.map((cell): [number, number[]] => [cell, []]))
  for (const [record, row] of records.rows.entries())
    for (const cell of cellsOf(layout, row)) inside.get(cell)?.push(record)
  return inside
}

type Beside = { readonly cell: number; readonly kept: ReadonlySet<number>; readonly inside: number }

async function noneBeside(game: Game, prover: Prover, beside: Beside): Promise<void> {
  const { cell, kept, inside } = beside
  const isThere = (evidence: Evidence) => isKept(evidence, kept) && countThere(game.counts, evidence, cell) === inside
  if (at(game.counts, cell) > inside && !prover.found().some(isThere))
    await prover.reach({ ...atMost(cell, inside), kept })
}

async function manyBeside(game: Game, prover: Prover, { cell, kept, inside }: Beside): Promise<void> {
  const enough = othersThreshold(game) + inside
  const isThere = (evidence: Evidence) => isKept(evidence, kept) && countThere(game.counts, evidence, cell) >= enough
  if (at(game.counts, cell) < enough && !prover.found().some(isThere))
    await prover.reach({ ...atLeast(cell, enough), kept })
}

const isKept = ({ moved }: Evidence, kept: ReadonlySet<number>): boolean =>
  [...kept].every((record) => !moved.has(record))

/** For each record outside the cell: other data in which that record is as it is. */
async function besideAnybody(game: Game, prover: Prover, cell: number): Promise<void> {
  const few = othersThreshold(game)
  const isInside = (record: number) => cellsOf(game.layout, at(game.records.rows, record)).includes(cell)
  if (at(game.counts, cell) > 0) {
    const isEmpty = (evidence: Evidence) => countThere(game.counts, evidence, cell) === 0
    await withoutEach(prover, isEmpty, { ...atMost(cell, 0), isInside })
  }
  const isMany = (evidence: Evidence) => countThere(game.counts, evidence, cell) >= few
  await withoutEach(prover, isMany, { ...atLeast(cell, few), isInside })
}

type GoalFromOutside = ReturnType<typeof atMost> & { readonly isInside: (record: number) => boolean }

async function withoutEach(
  prover: Prover,
  fits: (evidence: Evidence) => boolean,
  goal: GoalFromOutside,
): Promise<void> {
  const { isInside, ...plain } = goal
  const [first, ...others] = prover.found().filter(fits)
  const start = common(undefined, first ?? (await prover.reach(plain)))
  let always = others.reduce(common, start)
  for (;;) {
    const left = [...always].filter((record) => !isInside(record))
    const [one] = left
    if (one === undefined) return
    const all = prover.tryReach({ ...plain, kept: new Set(left) })
    always = common(always, 'witness' in all ? all : await prover.reach({ ...plain, kept: new Set([one]) }))
  }
}

const common = (always: ReadonlySet<number> | undefined, { moved }: Evidence): Set<number> =>
  new Set(always === undefined ? moved : [...always].filter((record) => moved.has(record)))

const cellsOf = ({ tables }: Layout, row: readonly number[]): number[] => tables.map((table) => cellIn(table, row))

/** R5: the most that may provably fall into one category of a sensitive dimension. */
const SHARE_MAX = 0.8

export async function denyShares(game: Game, prover: Prover): Promise<void> {
  for (const [group, category] of sharesIn(game)) {
    const most = Math.floor(SHARE_MAX * at(game.facts.lo, group))
    const isLess = (count: number) => count <= most
    if (isLess(at(game.counts, category))) continue
    if (prover.found().some((evidence) => isLess(countThere(game.counts, evidence, category)))) continue
    await prover.reach(atMost(category, most))
  }
}

/** Each cell shown, now or before, with each category of each sensitive dimension that it sums over. */
function* sharesIn({ layout, shown, facts }: Game): Generator<readonly [group: number, category: number]> {
  const categories = layout.dims.flatMap((dim, index) => (dim.sensitive === true ? [index] : []))
  const byKey = new Map(layout.tables.map((table) => [`${table.dims.join()}|${table.levels.join()}`, table]))
  for (const group of new Set([...shown, ...facts.shownBefore]))
    for (const dim of categories) {
      const table = at(layout.tables, at(layout.tableOf, group))
      if (table.dims.includes(dim)) continue
      const place = table.dims.filter((other) => other < dim).length
      const dims = table.dims.toSpliced(place, 0, dim)
      const deeper = byKey.get(`${dims.join()}|${table.levels.toSpliced(place, 0, 0).join()}`)
      if (deeper === undefined) continue
      const stride = deeper.sizes.slice(place + 1).reduce((product, size) => product * size, 1)
      const within = group - table.offset
      const base = deeper.offset + Math.floor(within / stride) * stride * at(deeper.sizes, place) + (within % stride)
      for (const leaf of at(layout.dims, dim).leaves.keys()) yield [group, base + leaf * stride]
    }
}
