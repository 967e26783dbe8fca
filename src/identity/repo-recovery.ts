import { type Insertable, sql } from 'kysely'
import type { Place } from '../platform/crypto/place.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

type Share = { organisation_id: string; user_id: string; officer_id: string; epoch: number; subset: number }

/** Where an officer's share of an account lives. */
export const sharePlace = (share: Share): Place => ({
  organisation: share.organisation_id,
  table: 'recovery_shares',
  row: share.user_id,
  column: 'share',
  keyring: share.officer_id,
  keyring_version: share.epoch,
  row_version: share.subset,
})

/** Where a share lives that an officer has sent on to the key of one recovery. */
export const approvalPlace = (share: Share, recoveryId: string): Place => ({
  ...sharePlace(share),
  table: 'recovery_approvals',
  row: recoveryId,
})

/** How many officers it takes, and which set of officers is the present one. */
export function findRecoveryRule(db: Reader, organisationId: Id<'organisations'>) {
  return db
    .selectFrom('organisations')
    .select(['recovery_threshold as threshold', 'recovery_epoch as epoch'])
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow()
}

export async function listOfficers(db: Reader, organisationId: Id<'organisations'>): Promise<Id<'users'>[]> {
  const rows = await db
    .selectFrom('members')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('is_recovery_officer', '=', true)
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The members and whether the present officers could restore them. */
export function listCoverage(db: Reader, organisationId: Id<'organisations'>, epoch: number) {
  return db
    .selectFrom('members as m')
    .select(({ eb, exists }) => [
      'm.id as user_id',
      exists(
        eb
          .selectFrom('recovery_shares as s')
          .select('s.user_id')
          .whereRef('s.user_id', '=', 'm.id')
          .where('s.epoch', '=', epoch),
      ).as('is_covered'),
    ])
    .where('m.organisation_id', '=', organisationId)
    .where('m.status', '!=', 'removed')
    .orderBy('m.id')
    .execute()
}

export async function hasShares(db: Reader, userId: Id<'users'>, epoch: number): Promise<boolean> {
  const row = await db
    .selectFrom('recovery_shares')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  return row !== undefined
}

/** Replaces an account's shares: those for former officers go. */
export async function replaceShares(
  act: Act,
  userId: Id<'users'>,
  shares: Insertable<Tables['recovery_shares']>[],
): Promise<void> {
  await act.db.deleteFrom('recovery_shares').where('user_id', '=', userId).execute()
  await act.db.insertInto('recovery_shares').values(shares).execute()
  act.concerns('recovery_shares', userId)
}

export function listSharesHeldBy(db: Reader, userId: Id<'users'>, officerId: Id<'users'>) {
  return db
    .selectFrom('recovery_shares')
    .selectAll()
    .where('user_id', '=', userId)
    .where('officer_id', '=', officerId)
    .execute()
}

export async function insertRecovery(act: Act, recovery: Insertable<Tables['recoveries']>): Promise<void> {
  await act.db.insertInto('recoveries').values(recovery).execute()
  act.concerns('recoveries', recovery.id)
}

/** Takes a former officer's shares away: whoever was a member of the set is restored by the others, or not until the next sign-in. */
export async function deleteSharesHeldBy(act: Act, officerId: Id<'users'>): Promise<void> {
  await act.db.deleteFrom('recovery_shares').where('officer_id', '=', officerId).execute()
}

/** Takes away all by which an account could be restored. */
export async function deleteRecoveryOf(act: Act, userId: Id<'users'>): Promise<void> {
  await act.db.deleteFrom('recovery_shares').where('user_id', '=', userId).execute()
  await act.db.deleteFrom('recoveries').where('user_id', '=', userId).execute()
}

/** What officers sent to a recovery that ran out must not lie there: its code would open it. */
export async function sweepRecoveries(act: Act): Promise<void> {
  await act.db.deleteFrom('recoveries').where('expires_at', '<', sql<Date>`now()`).execute()
}

const isOpen = sql<boolean>`completed_on is null and expires_at > now()`

export function findOpenRecovery(db: Reader, by: { id: Id<'recoveries'> } | { code_hash: Buffer }) {
  return db
    .selectFrom('recoveries')
    .selectAll()
    .$if('id' in by, (query) => query.where('id', '=', 'id' in by ? by.id : null))
    .$if('code_hash' in by, (query) => query.where('code_hash', '=', 'code_hash' in by ? by.code_hash : null))
    .where(isOpen)
    .executeTakeFirst()
}

export function listOpenRecoveries(db: Reader, organisationId: Id<'organisations'>) {
  return db
    .selectFrom('recoveries as r')
    .select(({ eb }) => [
      'r.id',
      'r.user_id',
      'r.expires_at',
      eb
        .selectFrom('recovery_approvals as a')
        .select(({ fn: inner }) => inner.count<string>('a.officer_id').distinct().as('count'))
        .whereRef('a.recovery_id', '=', 'r.id')
        .as('approvals'),
    ])
    .where('r.organisation_id', '=', organisationId)
    .where(isOpen)
    .orderBy('r.id')
    .limit(200)
    .execute()
}

export async function insertApprovals(act: Act, approvals: Insertable<Tables['recovery_approvals']>[]): Promise<void> {
  await act.db
    .insertInto('recovery_approvals')
    .values(approvals)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function listApprovals(db: Reader, recoveryId: Id<'recoveries'>) {
  return db.selectFrom('recovery_approvals').selectAll().where('recovery_id', '=', recoveryId).execute()
}

/** False when it was completed before. */
export async function markCompleted(act: Act, recoveryId: Id<'recoveries'>): Promise<boolean> {
  act.concerns('recoveries', recoveryId)
  const { numUpdatedRows } = await act.db
    .updateTable('recoveries')
    .set({ completed_on: sql<string>`current_date` })
    .where('id', '=', recoveryId)
    .where('completed_on', 'is', null)
    .executeTakeFirst()
  await act.db.deleteFrom('recovery_approvals').where('recovery_id', '=', recoveryId).execute()
  return numUpdatedRows === 1n
}
