import type { Finding } from './attack.ts'
import { boundsOf } from './bounds.ts'
import { difference } from './elimination.ts'
import type { Ledger } from './ledger.ts'
import { counterOf } from './naive.ts'
import { type At, type Broken, broken, hiddenIn, keyOf, sumOf, together } from './published.ts'

const THRESHOLD = 10
const FEW = 3
/** Integer programs take long where they find nothing. */
const WHOLE_MAX = 12

/** Every two releases side by side, then all of them as one program; by readers who know all corrections. */
export async function attackLedger(ledger: Ledger): Promise<Finding[]> {
  const { releases, rows, owners } = ledger
  const all = together(releases)
  const truth = counterOf(all.dims, rows)
  const hidden = hiddenIn(all)
  const keys = new Set(hidden.map(keyOf))
  const differences = difference(releases).filter(({ at }) => keys.has(keyOf(at)))
  const names = [...new Set(owners)].sort((one, other) => one - other)
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other]))
  const insider = (knows: readonly number[]) => attackAs(ledger, knows)
  return [
    { attack: 'differences of all pairs of releases', ...broken(differences, THRESHOLD, truth) },
    { attack: 'linear programs', ...(await attackBy(ledger, hidden, false)) },
    { attack: 'integer programs', ...(await attackBy(ledger, hidden.slice(-WHOLE_MAX), true)) },
    { attack: 'single organisations', ...sumOf(await Promise.all(names.map((name) => insider([name])))) },
    { attack: 'pairs of organisations', ...sumOf(await Promise.all(pairs.map(insider))) },
  ]
}

/** Everything there is, the corrected records among what is known. */
async function attackBy(
  { releases, rows, corrected }: Ledger,
  targets: readonly At[],
  whole: boolean,
): Promise<Broken> {
  const all = together(releases)
  const knows = corrected.map((record) => rows[record] ?? [])
  const own = counterOf(all.dims, knows)
  const bounds = await boundsOf(all, { knows, targets, whole })
  const whole_counts = bounds.map(({ at, least, most }) => ({ at, least: least + own(at), most: most + own(at) }))
  return broken(whole_counts, THRESHOLD, counterOf(all.dims, rows))
}

async function attackAs({ releases, rows, owners, corrected }: Ledger, knows: readonly number[]): Promise<Broken> {
  const all = together(releases)
  const isOwn = (record: number) => knows.includes(owners[record] ?? -1)
  const isKnown = (record: number) => isOwn(record) || corrected.includes(record)
  const others = counterOf(
    all.dims,
    rows.filter((_, record) => !isOwn(record)),
  )
  const targets = all.cells.map(({ at }) => at).filter((at) => others(at) < FEW)
  const own = rows.filter((_, record) => isKnown(record))
  return broken(await boundsOf(all, { knows: own, targets, whole: false }), FEW, others)
}
