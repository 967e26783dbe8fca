import { keyedHash } from '../platform/crypto/code.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { openCube } from './cubes.ts'
import { type DimensionName, leavesOf } from './dimensions.ts'
import { type Earlier, frozenRecords } from './freeze.ts'
import { figuresBeside } from './figures.ts'
import { periodsBrought } from './repo-pools.ts'
import { homeOf } from '../platform/access/home.ts'
import { boundsOf, isMonth, overlap, type Period, quartersOf } from './period.ts'
import { releasePolicy } from './policy.ts'
import { bytesChanged, monthTooSmall, overlapsRelease, periodNotOver } from './problems.ts'
import type { Job } from './protect-cube.ts'
import { findLedger, type ReleaseRow, revealReleases } from './repo-releases.ts'
import type { CubeDefinition } from './schema.ts'
import type { Snapshot } from './schema-release.ts'
import type { Countable } from './service.ts'

type Planning = Act<'cube.try' | 'release.make'>

/** A month of fewer units is counted in its quarter alone. */
const MONTH_LEAST = 50

/** What a release is of: an organisation's cube, or a pool of several organisations and whom its parts are for. */
export type Source =
  | { readonly kind: 'cube'; readonly id: Id<'statistics_cubes'>; readonly version: number }
  | {
      readonly kind: 'pool'
      readonly id: Id<'statistics_pools'>
      readonly organisation_id: Id<'organisations'>
      readonly readers: readonly Id<'organisations'>[]
      readonly stewards: readonly Id<'users'>[]
    }

/** All that a release is made of, frozen: opened in one act, and held in memory alone. */
export type Plan = {
  readonly source: Source
  readonly job: Job
  /** The release whose snapshot this is; null when it is the first of its population and period. */
  readonly snapshot_of: Id<'statistics_releases'> | null
  /** The answer this cube has for this period already. */
  readonly answered: Omit<ReleaseRow, 'facts'> | undefined
}

type Asked = { readonly id: Id<'statistics_cubes'>; readonly period: Period; readonly countable: Countable }

export async function planRelease(act: Planning, { id, period, countable }: Asked): Promise<Plan> {
  const { facts, version } = await openCube(act, id)
  const source = { kind: 'cube' as const, id, version }
  await refusePooled(act, period)
  const definition = consult(facts, (open) => open.definition)
  const ledger = await ledgerOf(act, period)
  const earlier = ledger.filter(({ row }) => row.status !== 'refused' && overlap(row.period, period))
  const answered = ledger.find(({ row }) => row.period === period && answers(row, source))?.row
  if (answered === undefined) refuseOverlap(earlier, definition, period)

  const first = earlier.find(({ row, entry }) => row.period === period && entry.population === definition.population)
  const snapshot = await frozenRecords(act, { period, countable, definition, earlier, first })
  if (isMonth(period)) refuseFew(snapshot)
  const figures = await figuresBeside(act, definition, period)
  const seed = revealTo(facts, (open) => coinKey(Buffer.from(open.seed, 'base64'), `${String(version)} ${period}`))
  const told = { period, ledger: earlier.map(({ entry }) => entry), figures }
  return { source, job: { definition, snapshot, told, seed }, snapshot_of: snapshotOf(first), answered }
}

const snapshotOf = (first: Earlier | undefined) => first?.entry.snapshot_of ?? null

/** The people of a period who were brought to a pool are told of there: a table beside it would give away the others. */
async function refusePooled(act: Planning, period: Period): Promise<void> {
  const periods = await periodsBrought(act.db, { organisation_id: homeOf(act.actor) })
  if (periods.some((other) => overlap(other, period))) throw new Problem(overlapsRelease)
}

/** A period takes reports until its last day is over everywhere. */
export function refuseOpenPeriod(now: Date, period: Period): void {
  if (dayOf(now) <= boundsOf(period).to) throw new Problem(periodNotOver)
}

const answers = (row: Omit<ReleaseRow, 'facts'>, cube: { readonly id: string; readonly version: number }): boolean =>
  row.cube_id === cube.id && (row.status !== 'refused' || row.cube_version === cube.version)

/** What the organisation's own ledger holds of a year. */
export async function ledgerOf(
  act: Act<'cube.try' | 'release.make' | 'pool.contribute'>,
  period: Period,
): Promise<Earlier[]> {
  const rows = await findLedger(act.db, act.actor, period.slice(0, 4))
  const open = await revealReleases(act, releasePolicy.grantEach(act, rows))
  // A line of the ledger that does not open is a fact that would be forgotten.
  if (open.length < rows.length) throw new Problem(bytesChanged)
  return open.map(({ facts, ...row }) => ({ row, entry: consult(facts, (entry) => entry) }))
}

/**
 * An earlier table of the same people must be part of the new one: then each of its cells is protected again, with all
 * its figures as facts. So must be the tables of the quarters where the new one is of their year. Tables beside one
 * another, or of a part of what was told already, cannot be protected together here.
 */
function refuseOverlap(earlier: readonly Earlier[], definition: CubeDefinition, period: Period): void {
  const periods = [period, ...quartersOf(period)]
  if (!earlier.every((line) => isPartOf(line, definition, periods))) throw new Problem(overlapsRelease)
}

/** Whether every cell of an earlier table, of one of these periods, is one of the cube's too. */
export const isPartOf = ({ entry }: Earlier, definition: CubeDefinition, periods: readonly Period[]): boolean =>
  periods.includes(entry.period) &&
  entry.population === definition.population &&
  entry.definition.dimensions.every((name) => isSameIn(name, entry.definition, definition)) &&
  entry.definition.margins <= definition.margins

const isSameIn = (name: DimensionName, earlier: CubeDefinition, later: CubeDefinition): boolean =>
  later.dimensions.includes(name) && leavesOf(earlier, name).join() === leavesOf(later, name).join()

/** In a month of fewer, hardly anything could be shown that does not point at somebody. */
function refuseFew(snapshot: Secret<Snapshot>): void {
  const units = consult(snapshot, ({ records }) => records.reduce((sum, record) => sum + record.units, 0))
  if (units < MONTH_LEAST) throw new Problem(monthTooSmall)
}

function coinKey(seed: Uint8Array, text: string): Uint8Array {
  return keyedHash(new Secret(seed), 'statistics-release', text)
}
