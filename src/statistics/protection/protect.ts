import { factsOf, shownAs } from './facts.ts'
import { type Hiding, hideAtFirst } from './hide.ts'
import { at, atOf, countsOf, depthOf, type Layout, layoutOf } from './layout.ts'
import { tooManyOfPool } from './pools.ts'
import { denyBesideOne, denyOthers, denyShares, denySmallCells, othersThreshold } from './promises.ts'
import { type Game, proverFor, Unprovable } from './prove.ts'
import { whatIsWrong } from './sense.ts'
import { rollUpThatWorks } from './roll-up.ts'
import type {
  At,
  Certificate,
  CertifiedView,
  CubeDefinition,
  EarlierFact,
  Figures,
  ProtectOptions,
  Records,
  ReleasedCell,
  Verdict,
} from './types.ts'

const SECONDS_MAX = 600
const MILLISECONDS = 1000
/** Less than this share of the persons in tables of one dimension is not worth a release. */
const USEFUL = 0.5

/**
 * Decides which cells of the cube may be shown, and with what proof. Whatever goes wrong, nothing is released.
 * The truth goes in and only the verdict comes out; nothing is kept.
 */
export async function protect(cube: CubeDefinition, records: Records, options: ProtectOptions): Promise<Verdict> {
  const verdict = await attempt(cube, records, options)
  if (verdict.verdict === 'released' || verdict.reason !== NOT_USEFUL) return verdict
  const worksWith = await rollUpThatWorks(cube, async (smaller) => {
    const trial = await attempt(smaller, records, options)
    return trial.verdict === 'released'
  })
  return worksWith === undefined ? verdict : { ...verdict, works_with: worksWith }
}

const NOT_USEFUL = 'This cube cannot be protected usefully: almost everything would be hidden.'

const refused = (reason: string): Verdict => ({ verdict: 'refused', reason })

async function attempt(cube: CubeDefinition, records: Records, options: ProtectOptions): Promise<Verdict> {
  const wrong = whatIsWrong(cube, records)
  if (wrong !== undefined) return refused(wrong)
  const began = performance.now()
  const game = begin(cube, records, options)
  if (game === undefined) return refused('Earlier figures or impossible combinations do not fit these records.')
  if (records.rows.length < cube.threshold || !game.isUseful()) return refused(NOT_USEFUL)
  try {
    const views = await proveAll(game)
    const cells = cellsAsShown(game)
    const witnesses = views.reduce((sum, view) => sum + view.witnesses.length, 0)
    const seconds = (performance.now() - began) / MILLISECONDS
    const figures = { ...figuresOf(game), witnesses, seconds }
    return { verdict: 'released', cells, certificate: certificateOf(game, views), figures }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof Unprovable) return refused(NOT_USEFUL)
    throw error
  }
}

/** Everything shown but what is small, drawn by coin, or too large a part of those who could be meant. */
function begin(cube: CubeDefinition, records: Records, options: ProtectOptions): Game | undefined {
  const earlier = options.earlier ?? []
  const layout = layoutOf(cube, [...placesOf(cube, earlier), ...(cube.structural_zeros ?? [])])
  const counts = countsOf(layout, records.rows)
  const facts = factsOf(cube, { layout, counts }, earlier)
  if (counts.some((count, cell) => count < at(facts.lo, cell) || count > at(facts.hi, cell))) return undefined
  const shown = new Set(layout.declared.filter((cell) => !facts.hidden.has(cell) && !facts.impossible.has(cell)))
  const isUseful = () => usefulShare({ layout, shown, counts }, cube) >= (options.useful_share ?? USEFUL)
  const hiding: Hiding = { layout, facts, shown, draw: options.draw, isUseful }
  const coin = (cell: number) => (depthOf(layout, cell) > 1 ? cube.coin : cube.coin / 5)
  hideAtFirst(
    hiding,
    (cell, drawn) => drawn < coin(cell) || tooManyOfPool(cube, atOf(layout, cell), at(facts.hi, cell)),
  )
  const until = performance.now() + (options.seconds_max ?? SECONDS_MAX) * MILLISECONDS
  return { ...hiding, cube, records, counts, options, until }
}

/** The cells that earlier figures speak of, and for each sensitive dimension one that tells its categories apart there. */
function placesOf({ dims }: CubeDefinition, earlier: readonly EarlierFact[]): At[] {
  const sensitive = dims.filter((dim) => dim.sensitive === true)
  return earlier.flatMap(({ at: place }) => {
    const open = sensitive.filter(({ name }) => place[name] === undefined)
    return [place, ...open.map(({ name, leaves }) => ({ ...place, [name]: at(leaves, 0) }))]
  })
}

/** What is hidden on the way only gives more room: what was found before still fits. */
async function proveAll(game: Game): Promise<CertifiedView[]> {
  const outsider = proverFor(game, [])
  await denySmallCells(game, outsider, 'first')
  await denyShares(game, outsider)
  await denyBesideOne(game, outsider)
  const insiders = insidersOf(game.cube)
  const views: CertifiedView[] = []
  for (const [index, knows] of insiders.entries()) {
    const prover = proverFor(game, knows)
    await denyOthers(game, prover)
    views.push(prover.view())
    game.options.onProgress?.({ stage: 'insiders', done: index + 1, of: insiders.length })
  }
  await denySmallCells(game, outsider, 'last')
  return [outsider.view(), ...views]
}

/** Each organisation and each pair, while there are others left. */
function insidersOf({ organisations = [], pairs }: CubeDefinition): number[][] {
  const all = [...organisations.keys()]
  const singles = all.length > 1 ? all.map((one) => [one]) : []
  const both = pairs === true && all.length > 2
  return [...singles, ...(both ? all.flatMap((one) => all.filter((two) => two > one).map((two) => [one, two])) : [])]
}

function cellsAsShown({ layout, facts, shown, counts, cube }: Game): ReleasedCell[] {
  return layout.declared.map((cell): ReleasedCell => {
    const place = { at: atOf(layout, cell) }
    if (facts.impossible.has(cell)) return { ...place, structural_zero: true }
    return shown.has(cell) ? { ...place, ...shownAs(at(counts, cell), cube) } : { ...place, hidden: true }
  })
}

/** Of the persons in tables of one dimension, the share shown: by what is published alone, so that a refusal says no more. */
function usefulShare({ layout, shown, counts }: Shown, cube: CubeDefinition): number {
  const valueOf = (cell: number) => shownAs(at(counts, cell), cube).value
  const single = layout.declared.filter((cell) => depthOf(layout, cell) === 1)
  const tables = new Set(single.map((cell) => at(layout.tableOf, cell))).size
  const [total = 0] = layout.declared
  const inTables = single.filter((cell) => shown.has(cell)).reduce((sum, cell) => sum + valueOf(cell), 0)
  return inTables / (tables * valueOf(total))
}

type Shown = { readonly layout: Layout; readonly shown: ReadonlySet<number>; readonly counts: Int32Array }

function certificateOf(game: Game, views: readonly CertifiedView[]): Certificate {
  const { layout, facts, counts, cube, records } = game
  const large = [...facts.deniable].filter((cell) => at(counts, cell) >= cube.threshold)
  return {
    version: 1,
    records: records.rows.length,
    threshold: cube.threshold,
    others_threshold: othersThreshold(game),
    also_deniable: large.map((cell) => atOf(layout, cell)),
    views,
  }
}

function figuresOf({ layout, shown, counts }: Game): Omit<Figures, 'witnesses' | 'seconds'> {
  return {
    cells: layout.declared.length,
    cells_shown: shown.size,
    persons_shown_1: shareShown(layout, { shown, counts, depth: 1 }),
    persons_shown_2: shareShown(layout, { shown, counts, depth: 2 }),
  }
}

type Depth = { readonly shown: ReadonlySet<number>; readonly counts: Int32Array; readonly depth: number }

function shareShown(layout: Layout, { shown, counts, depth }: Depth): number {
  const cells = layout.declared.filter((cell) => depthOf(layout, cell) === depth)
  const persons = (list: readonly number[]) => list.reduce((sum, cell) => sum + at(counts, cell), 0)
  return persons(cells) === 0 ? 1 : persons(cells.filter((cell) => shown.has(cell))) / persons(cells)
}
