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
  /** Of so many cells at most, each insider in each piece of a table. */
  readonly targets_max: number
}
export type Finding = Broken & { readonly attack: string }

/** Fewer than so many others must not be provable to an insider. */
const FEW = 3
const RECORDS_TRIED = 12
const WHOLE_MAX = 40

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
  for (const [attack, insiders] of insidersOf(attacked))
    findings.push({ attack, ...sumOf(await Promise.all(insiders.map((known) => insiderAttack(attacked, known)))) })
  return findings
}

/** The tightest of all pieces, for each hidden cell. */
async function readersBounds({ published, targets_max }: Attacked, whole: boolean): Promise<Bound[]> {
  const best = new Map<string, Bound>()
  for (const piece of piecesOf(published)) {
    const targets = spread(hiddenIn(piece), whole ? Math.min(WHOLE_MAX, targets_max) : targets_max)
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
function insidersOf({ rows, owners = [], published }: Attacked): [string, Known[]][] {
  const names = [...new Set(owners)].sort((a, b) => a - b)
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other]))
  const knownTo = (some: readonly number[]) =>
    new Set([...owners.keys()].filter((record) => some.includes(owners[record] ?? -1)))
  const count = counterOf(published.dims, rows)
  const small = published.cells.filter(({ at }) => [2, 3].includes(count(at)))
  const records = small.flatMap(({ at }) => rows.findIndex(insideOf(published.dims, at)))
  return [
    ['single organisations', names.length > 1 ? names.map((name) => knownTo([name])) : []],
    ['pairs of organisations', names.length > 2 ? pairs.map(knownTo) : []],
    ['single records', spread([...new Set(records)], RECORDS_TRIED).map((record) => new Set([record]))],
  ]
}

/** What the others have, where they are few. */
async function insiderAttack({ published, rows, targets_max }: Attacked, known: Known): Promise<Broken> {
  const others = counterOf(
    published.dims,
    rows.filter((_, record) => !known.has(record)),
  )
  const knows = rows.filter((_, record) => known.has(record))
  const seen = new Set<string>()
  const found: Broken[] = []
  for (const piece of piecesOf(published)) {
    const isOpen = (at: At) => !seen.has(keyOf(at)) && others(at) < FEW
    const places = piece.cells.map(({ at }) => at)
    const targets = mostTelling(places.filter(isOpen), others, targets_max)
    for (const at of targets) seen.add(keyOf(at))
    const own = knows.map((row) => pieceOfRow(row, published, piece))
    found.push(broken(await boundsOf(piece, { knows: own, targets, whole: false }), FEW, others))
  }
  return sumOf(found)
}

const pieceOfRow = (row: readonly number[], { dims }: Published, piece: Published): number[] =>
  piece.dims.map((dim) => row[dims.indexOf(dim)] ?? -1)
