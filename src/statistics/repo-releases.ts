import { type Insertable, type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action, Actor } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { LedgerEntry, type Withdrawal } from './schema-release.ts'

/** `seat`: what the reader has in the pool that it is of. */
export type ReleaseRow = Selectable<Tables['statistics_releases']> & { readonly seat: 'none' | 'member' | 'steward' }
type Release = Id<'statistics_releases'>

const secrets = sealing('statistics_releases', { facts: column('facts', LedgerEntry) })

/** A ledger holds at most a few tables a quarter. */
const LEDGER_MAX = 2_000

type NewRow = Omit<Insertable<Tables['statistics_releases']>, 'facts' | 'version' | 'seal_version'>

/** False when somebody else has answered this cube and period meanwhile. */
export async function insertRelease(
  act: Act<'release.make' | 'pool.count'>,
  row: NewRow,
  { access, facts }: { readonly access: RecordAccess; readonly facts: Secret<LedgerEntry> },
): Promise<boolean> {
  const home = { id: row.id, organisation_id: row.organisation_id, seal_version: 1 }
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('statistics_releases')
    .values({ ...row, ...secrets.seal(act, home, { access, values: { facts } }) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export function findRelease(db: Reader, by: Actor, id: Release): Promise<ReleaseRow | undefined> {
  return seen(db, by).where('r.id', '=', id).executeTakeFirst()
}

/** The one answer that a pool has. */
export function findReleaseOf(db: Reader, by: Actor, poolId: Id<'statistics_pools'>): Promise<ReleaseRow | undefined> {
  return seen(db, by).where('r.pool_id', '=', poolId).executeTakeFirst()
}

/** All releases, each with the seat that the actor has in its pool. */
const seen = (db: Reader, { id, organisationId }: Actor) =>
  db
    .selectFrom('statistics_releases as r')
    .leftJoin('statistics_pool_seats as s', (on) =>
      on.onRef('s.pool_id', '=', 'r.pool_id').on('s.organisation_id', '=', organisationId),
    )
    .selectAll('r')
    .select(
      sql<
        ReleaseRow['seat']
      >`case when s.pool_id is null then 'none' when s.steward_id = ${id} then 'steward' else 'member' end`.as('seat'),
    )

/** The same, kept from others until the act ends. */
export function findReleaseLocked(db: Reader, by: Actor, id: Release): Promise<ReleaseRow | undefined> {
  return seen(db, by).where('r.id', '=', id).forUpdate('r').executeTakeFirst()
}

/** What the ledger of an organisation holds of these years' periods, in the order in which it came about. */
export function findLedger(db: Reader, by: Actor, year: string): Promise<ReleaseRow[]> {
  return seen(db, by)
    .where('r.organisation_id', '=', by.organisationId)
    .where('r.pool_id', 'is', null)
    .where('r.period', 'like', `${year}%`)
    .orderBy('r.made_on')
    .orderBy('r.id')
    .limit(LEDGER_MAX)
    .execute()
}

type Wanted = {
  readonly after?: DayCursor | undefined
  readonly limit: number
}

/** The organisation's own, and those of the pools in which it has a seat. */
export function listReleases(db: Reader, by: Actor, slice: Wanted): Promise<ReleaseRow[]> {
  const rows = seen(db, by).where(({ eb, or, and }) =>
    or([
      eb('s.pool_id', 'is not', null),
      and([eb('r.organisation_id', '=', by.organisationId), eb('r.pool_id', 'is', null)]),
    ]),
  )
  return newestFirst(rows, 'r.made_on', slice).execute()
}

export async function revealReleases(act: Act, rows: readonly Granted<Action, ReleaseRow>[]) {
  const open = await secrets.revealEach(act, rows)
  return open.flatMap(({ facts, ...plain }) => (facts === null ? [] : [{ ...plain, facts }]))
}

export async function markReleased(act: Act<'release.sign'>, release: Granted<'release.sign', ReleaseRow>) {
  await act.db
    .updateTable('statistics_releases')
    .set({ status: 'released', released_on: dayOf(act.services.now()), version: release.version + 1 })
    .where('id', '=', release.id)
    .execute()
}

/** False when the release is not at this version, or has been refused or withdrawn. */
export async function markWithdrawn(
  act: Act<'release.withdraw'>,
  release: Granted<'release.withdraw', ReleaseRow>,
  { reason, version }: Withdrawal & { readonly version: number },
): Promise<boolean> {
  act.concerns('statistics_releases', release.id)
  return changedAt(
    { id: release.id, version },
    act.db
      .updateTable('statistics_releases')
      .set({
        status: 'withdrawn',
        withdrawn_on: dayOf(act.services.now()),
        withdrawn_by: act.actor.id,
        withdrawn_for: reason,
        version: version + 1,
      })
      .where('status', 'in', ['certified', 'released']),
  )
}

/** False when this person has signed already. */
export async function insertSignature(
  act: Act<'release.sign'>,
  release: Granted<'release.sign', ReleaseRow>,
  signature: Buffer,
): Promise<boolean> {
  act.concerns('statistics_releases', release.id)
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('statistics_signatures')
    .values({ release_id: release.id, user_id: act.actor.id, signature, signed_on: dayOf(act.services.now()) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function findSignatures(db: Reader, ids: readonly Release[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('statistics_signatures')
    .selectAll()
    .where('release_id', 'in', ids)
    .orderBy('signed_on')
    .orderBy('user_id')
    .execute()
}
