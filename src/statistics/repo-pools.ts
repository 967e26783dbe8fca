import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { CubeDefinition } from './schema.ts'

type Plain = Selectable<Tables['statistics_pools']>
export type Seat = Omit<Selectable<Tables['statistics_pool_seats']>, 'pool_id'>
export type PoolRow = Plain & { readonly seats: readonly Seat[] }
export type ContributionRow = Selectable<Tables['statistics_contributions']>

const pools = sealing('statistics_pools', { facts: column('facts', CubeDefinition) })
const contributions = sealing('statistics_contributions', { facts: column('facts', z.string()) })

type NewRow = Pick<PoolRow, 'id' | 'organisation_id' | 'period' | 'declared_by' | 'declared_on' | 'signature'>
type Filling<T> = { readonly access: RecordAccess; readonly facts: Secret<T> }

export async function insertPool(
  act: Act<'pool.declare'>,
  row: NewRow & { readonly seats: readonly Seat[] },
  { access, facts }: Filling<CubeDefinition>,
): Promise<void> {
  const { seats, ...plain } = row
  const sealed = pools.seal(act, { ...plain, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('statistics_pools')
    .values({ ...plain, ...sealed })
    .execute()
  await act.db
    .insertInto('statistics_pool_seats')
    .values(seats.map((seat) => ({ ...seat, pool_id: row.id })))
    .execute()
}

export async function findPool(db: Reader, id: Id<'statistics_pools'>): Promise<PoolRow | undefined> {
  const row = await db.selectFrom('statistics_pools').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : (await withSeats(db, [row]))[0]
}

/** The same, kept from others until the act ends. */
export async function findPoolLocked(db: Reader, id: Id<'statistics_pools'>): Promise<PoolRow | undefined> {
  const row = await db.selectFrom('statistics_pools').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row === undefined ? undefined : (await withSeats(db, [row]))[0]
}

type Wanted = {
  readonly organisation_id: Id<'organisations'>
  readonly after?: DayCursor | undefined
  readonly limit: number
}

/** The pools in which the organisation has a seat. */
export async function listPools(db: Reader, { organisation_id, ...slice }: Wanted): Promise<PoolRow[]> {
  const rows = db
    .selectFrom('statistics_pools as p')
    .selectAll('p')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('statistics_pool_seats as s')
          .select('s.pool_id')
          .whereRef('s.pool_id', '=', 'p.id')
          .where('s.organisation_id', '=', organisation_id),
      ),
    )
  return withSeats(db, await newestFirst(rows, 'p.declared_on', slice).execute())
}

async function withSeats(db: Reader, rows: readonly Plain[]): Promise<PoolRow[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const seats = await db
    .selectFrom('statistics_pool_seats')
    .selectAll()
    .where('pool_id', 'in', ids)
    .orderBy('organisation_id')
    .execute()
  return rows.map((row) => ({
    ...row,
    seats: seats.filter(({ pool_id }) => pool_id === row.id).map(({ pool_id: _, ...seat }) => seat),
  }))
}

/** What is asked in these pools; those that do not open are not among them. */
export async function revealPools(act: Act, rows: readonly Granted<Action, PoolRow>[]) {
  const open = await pools.revealEach(act, rows)
  return open.flatMap(({ facts, ...plain }) => (facts === null ? [] : [{ ...plain, facts }]))
}

type NewContribution = Pick<ContributionRow, 'id' | 'pool_id' | 'organisation_id' | 'given_by'>

/** In the place of what the organisation brought before. */
export async function replaceContribution(
  act: Act<'pool.contribute'>,
  row: NewContribution,
  { access, facts, on }: Filling<string> & { readonly on: string },
): Promise<void> {
  const { pool_id, organisation_id } = row
  await deleteContributions(act, { pool_id, organisation_id })
  const sealed = contributions.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('statistics_contributions')
    .values({ ...row, ...sealed })
    .execute()
  await act.db
    .updateTable('statistics_pool_seats')
    .set({ contributed_on: on })
    .where('pool_id', '=', pool_id)
    .where('organisation_id', '=', organisation_id)
    .execute()
}

type Which = { readonly pool_id: Id<'statistics_pools'>; readonly organisation_id?: Id<'organisations'> }

/** With their keys: nobody opens them again. */
export async function deleteContributions(
  act: Act<'pool.contribute' | 'pool.count' | 'release.make'>,
  { pool_id, organisation_id }: Which,
): Promise<void> {
  let gone = act.db.deleteFrom('statistics_contributions').where('pool_id', '=', pool_id)
  if (organisation_id !== undefined) gone = gone.where('organisation_id', '=', organisation_id)
  const rows = await gone.returning('id').execute()
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  await act.db.deleteFrom('record_keys').where('record_id', 'in', ids).execute()
}

export function findContributions(db: Reader, poolId: Id<'statistics_pools'>): Promise<ContributionRow[]> {
  return db
    .selectFrom('statistics_contributions')
    .selectAll()
    .where('pool_id', '=', poolId)
    .orderBy('organisation_id')
    .execute()
}

/** What was brought, with null where it does not open. */
export function revealContributions(act: Act, rows: readonly Granted<Action, ContributionRow>[]) {
  return contributions.revealEach(act, rows)
}

export async function closePool(
  act: Act<'pool.count' | 'release.make'>,
  id: Id<'statistics_pools'>,
  status: 'counted' | 'refused',
) {
  act.concerns('statistics_pools', id)
  await act.db.updateTable('statistics_pools').set({ status }).where('id', '=', id).execute()
}

type Bringer = { readonly organisation_id: Id<'organisations'>; readonly besides?: Id<'statistics_pools'> }

/** The periods for which the organisation's records were brought to a pool that was not refused, but for this one. */
export async function periodsBrought(db: Reader, { organisation_id, besides }: Bringer): Promise<string[]> {
  let rows = db
    .selectFrom('statistics_pools as p')
    .innerJoin('statistics_pool_seats as s', 's.pool_id', 'p.id')
    .select('p.period')
    .where('s.organisation_id', '=', organisation_id)
    .where('s.contributed_on', 'is not', null)
    .where('p.status', '!=', 'refused')
  if (besides !== undefined) rows = rows.where('p.id', '!=', besides)
  return (await rows.execute()).map(({ period }) => period)
}
