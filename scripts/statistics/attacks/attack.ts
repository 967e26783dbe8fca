import { boundsOf, piecesOf } from './bounds.ts'
import { eliminate } from './elimination.ts'
import { counterOf } from './naive.ts'
import {
  type At,
  type Bound,
  type Broken,
  broken,
  hiddenIn,
  insideOf,
  keyOf,
  type Published,
  sumOf,
} from './published.ts'

type Rows = readonly (readonly number[])[]

/** A release and, to tell what was found, what is true. The attacks themselves read the release alone. */
export type Attacked = {
  readonly published: Published
  readonly rows: Rows
  readonly owners?: readonly number[]
  readonly threshold: number
  readonly effort: Effort
}
/** So many insiders of each kind, pieces of the table and cells of each at most; of these, so many as whole numbers. */
export type Effort = {
  readonly insiders: number
  readonly pieces: number
  readonly cells: number
  readonly whole: number
}
export type Finding = Broken & { readonly attack: string }

/** Fewer than so many others must not be provable to an insider. */
const FEW = 3

/** Everything that one release can be asked. */
export async function attackRelease(attacked: Attacked): Promise<Finding[]> {
  const { published, rows, threshold } = attacked
  const hidden = new Set(hiddenIn(published).map(keyOf))
  const truth = counterOf(published.dims, rows)
  const eliminated = eliminate(published).filter(({ at }) => hidden.has(keyOf(at)))
  const findings = [
    { attack: 'elimination', ...broken(eliminated, threshold, truth) },
    { attack: 'linear programs', ...broken(await readersBounds(attacked, false), threshold, truth) },
    { attack: 'integer programs', ...broken(await readersBounds(attacked, true), threshold, truth) },
  ]
  for (const [attack, insiders] of insidersOf(attacked)) {
    const found: Broken[] = []
    for (const known of insiders) found.push(await insiderAttack(attacked, known))
    findings.push({ attack, ...sumOf(found) })
  }
  return findings
}

/** The tightest of all pieces, for the hidden cells that matter: those that are small. */
async function readersBounds({ published, rows, threshold, effort }: Attacked, whole: boolean): Promise<Bound[]> {
  const best = new Map<string, Bound>()
  const count = counterOf(published.dims, rows)
  const isSmall = (at: At) => count(at) < threshold
  for (const piece of spread(piecesOf(published), effort.pieces)) {
    const targets = spread(hiddenIn(piece).filter(isSmall), whole ? effort.whole : effort.cells)
    for (const bound of await boundsOf(piece, { knows: [], targets, whole })) {
      const { at, least, most } = best.get(keyOf(bound.at)) ?? bound
      best.set(keyOf(at), { at, least: Math.max(least, bound.least), most: Math.min(most, bound.most) })
    }
  }
  return [...best.values()]
}

/** So many at most, evenly from all. */
const spread = <T>(all: readonly T[], most: number): T[] =>
  all.filter((_, index) => Math.floor((index * most) / all.length) !== Math.floor(((index - 1) * most) / all.length))

/** First the cells that some others are in: to prove that nobody is there says less. */
function mostTelling(all: readonly At[], others: (at: At) => number, most: number): At[] {
  const some = all.filter((at) => others(at) > 0)
  return [...spread(some, most), ...spread(all, most)].slice(0, most)
}

type Known = ReadonlySet<number>

/** Each organisation, each two of them, and some who know one record that has few others beside it. */
function insidersOf({ rows, owners = [], published, effort }: Attacked): [string, Known[]][] {
  const names = [...new Set(owners)].sort((a, b) => a - b)
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other]))
  const knownTo = (some: readonly number[]) =>
    new Set([...owners.keys()].filter((record) => some.includes(owners[record] ?? -1)))
  const count = counterOf(published.dims, rows)
  const small = published.cells.filter(({ at }) => [2, 3].includes(count(at)))
  const records = small.flatMap(({ at }) => rows.findIndex(insideOf(published.dims, at)))
  const some = <T>(all: readonly T[]) => spread(all, effort.insiders)
  return [
    ['single organisations', names.length > 1 ? some(names).map((name) => knownTo([name])) : []],
    ['pairs of organisations', names.length > 2 ? some(pairs).map(knownTo) : []],
    ['single records', some([...new Set(records)]).map((record) => new Set([record]))],
  ]
}

/** What the others have, where they are few. */
async function insiderAttack({ published, rows, effort }: Attacked, known: Known): Promise<Broken> {
  const others = counterOf(
    published.dims,
    rows.filter((_, record) => !known.has(record)),
  )
  const knows = rows.filter((_, record) => known.has(record))
  const seen = new Set<string>()
  const found: Broken[] = []
  for (const piece of spread(piecesOf(published), effort.pieces)) {
    const isOpen = (at: At) => !seen.has(keyOf(at)) && others(at) < FEW
    const places = piece.cells.map(({ at }) => at)
    const targets = mostTelling(places.filter(isOpen), others, effort.cells)
    for (const at of targets) seen.add(keyOf(at))
    const own = knows.map((row) => pieceOfRow(row, published, piece))
    found.push(broken(await boundsOf(piece, { knows: own, targets, whole: false }), FEW, others))
  }
  return sumOf(found)
}

const pieceOfRow = (row: readonly number[], { dims }: Published, piece: Published): number[] =>
  piece.dims.map((dim) => row[dims.indexOf(dim)] ?? -1)
