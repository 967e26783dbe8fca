import { keyedHash } from '../platform/crypto/code.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { openCube } from './cubes.ts'
import { type DimensionName, leavesOf } from './dimensions.ts'
import { openPart, unpacked } from './parts.ts'
import { boundsOf, overlap, type Period } from './period.ts'
import { releasePolicy } from './policy.ts'
import { bytesChanged, frozenWithdrawn, overlapsRelease, periodNotOver } from './problems.ts'
import type { Job } from './protect-cube.ts'
import { findLedger, type ReleaseRow, revealReleases } from './repo-releases.ts'
import type { CubeDefinition } from './schema.ts'
import { type LedgerEntry, Snapshot } from './schema-release.ts'
import { type Countable, recordsOf } from './service.ts'

type Planning = Act<'cube.try' | 'release.make'>
type Earlier = { readonly row: Omit<ReleaseRow, 'facts'>; readonly entry: LedgerEntry }

/** All that a release is made of, frozen: opened in one act, and held in memory alone. */
export type Plan = {
  readonly cube: { readonly id: Id<'statistics_cubes'>; readonly version: number }
  readonly job: Job
  /** The release whose snapshot this is; null when it is the first of its population and period. */
  readonly snapshot_of: Id<'statistics_releases'> | null
  /** The answer this cube has for this period already. */
  readonly answered: Omit<ReleaseRow, 'facts'> | undefined
}

type Asked = { readonly id: Id<'statistics_cubes'>; readonly period: Period; readonly countable: Countable }

export async function planRelease(act: Planning, { id, period, countable }: Asked): Promise<Plan> {
  const { facts, version } = await openCube(act, id)
  const cube = { id, version }
  const definition = consult(facts, (open) => open.definition)
  const ledger = await ledgerOf(act, period)
  const told = ledger.filter(({ row }) => row.status !== 'refused' && overlap(row.period, period))
  const first = told.find(({ entry }) => entry.population === definition.population)
  const answered = ledger.find(({ row }) => row.period === period && answers(row, cube))?.row
  const fresh = await recordsOf(act, { population: definition.population, ...boundsOf(period) }, countable)
  if (answered === undefined) refuseOverlap(told, definition, period)

  const snapshot = first === undefined ? fresh : await frozen(act, first, fresh)
  const seed = revealTo(facts, (open) => coinKey(Buffer.from(open.seed, 'base64'), `${String(version)} ${period}`))
  const job = { definition, snapshot, ledger: told.map(({ entry }) => entry), seed }
  return { cube, job, snapshot_of: first?.entry.snapshot_of ?? null, answered }
}

/** A period takes reports until its last day is over everywhere. */
export function refuseOpenPeriod(now: Date, period: Period): void {
  if (dayOf(now) <= boundsOf(period).to) throw new Problem(periodNotOver)
}

const answers = (row: Omit<ReleaseRow, 'facts'>, cube: Plan['cube']): boolean =>
  row.cube_id === cube.id && (row.status !== 'refused' || row.cube_version === cube.version)

async function ledgerOf(act: Planning, period: Period): Promise<Earlier[]> {
  const organisationId = act.actor.organisationId
  if (organisationId === null) return []
  const rows = await findLedger(act.db, organisationId, period.slice(0, 4))
  const open = await revealReleases(act, releasePolicy.grantEach(act, rows))
  // A line of the ledger that does not open is a fact that would be forgotten.
  if (open.length < rows.length) throw new Problem(bytesChanged)
  return open.map(({ facts, ...row }) => ({ row, entry: consult(facts, (entry) => entry) }))
}

/**
 * An earlier table of the same people must be part of the new one: then each of its cells is protected again, with all
 * its figures as facts. Tables beside one another, or of another period, cannot be protected together here.
 */
function refuseOverlap(told: readonly Earlier[], definition: CubeDefinition, period: Period): void {
  const isPart = ({ entry }: Earlier) =>
    entry.period === period &&
    entry.population === definition.population &&
    entry.definition.dimensions.every((name) => isSameIn(name, entry.definition, definition)) &&
    entry.definition.margins <= definition.margins
  if (!told.every(isPart)) throw new Problem(overlapsRelease)
}

/** The records as they were counted first. Whoever came later is not in them; nobody may have left. */
async function frozen(act: Planning, first: Earlier, fresh: Secret<Snapshot>): Promise<Secret<Snapshot>> {
  const text = await openPart(act, first.entry.snapshot_of ?? first.row.id, 'snapshot')
  if (text === undefined) throw new Problem(bytesChanged)
  const snapshot = revealTo(unpacked(text), (open) => Snapshot.parse(open))
  const now = consult(fresh, ({ records }) => new Set(records.map(keyOf)))
  if (!consult(snapshot, ({ records }) => records.every((record) => now.has(keyOf(record)))))
    throw new Problem(frozenWithdrawn)
  return snapshot
}

const isSameIn = (name: DimensionName, earlier: CubeDefinition, later: CubeDefinition): boolean =>
  later.dimensions.includes(name) && leavesOf(earlier, name).join() === leavesOf(later, name).join()

const keyOf = ({ incident, units }: Snapshot['records'][number]): string => `${incident} ${String(units)}`

function coinKey(seed: Uint8Array, text: string): Uint8Array {
  return keyedHash(new Secret(seed), 'statistics-release', text)
}
