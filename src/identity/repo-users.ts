import type { Insertable, Selectable } from 'kysely'
import type { KdfParameters } from '../platform/crypto/passphrase.ts'
import type { Place } from '../platform/crypto/place.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

export type UserRow = Selectable<Tables['users']>
export type NewUser = Insertable<Tables['users']>

/** Where a user's sealed secret lives. */
export const secretPlace = (user: { id: string; organisation_id: string; secret_version: number }): Place => ({
  organisation: user.organisation_id,
  table: 'users',
  row: user.id,
  column: 'secret',
  row_version: user.secret_version,
})

export const costOf = (user: UserRow): KdfParameters => ({
  memory_kib: user.kdf_memory_kib,
  passes: user.kdf_passes,
  lanes: user.kdf_lanes,
})

export function findUserByHandle(db: Reader, handleHash: Buffer): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('handle_hash', '=', handleHash).executeTakeFirst()
}

export function findUser(db: Reader, id: Id<'users'>): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The account as it is now, held until the act ends. */
export function lockUser(act: Act, id: Id<'users'>): Promise<UserRow> {
  return act.db.selectFrom('users').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow()
}

export async function insertUserRow(act: Act, user: NewUser): Promise<void> {
  await act.db.insertInto('users').values(user).execute()
  act.concerns('users', user.id)
}

type NewSecret = Pick<
  NewUser,
  | 'kdf_salt'
  | 'kdf_memory_kib'
  | 'kdf_passes'
  | 'kdf_lanes'
  | 'verifier_hash'
  | 'secret'
  | 'secret_version'
  | 'totp_step'
>

/** Replaces the sealed secret and what opens it. False when somebody was faster. */
export async function replaceSecret(act: Act, user: UserRow, fresh: Partial<NewSecret>): Promise<boolean> {
  act.concerns('users', user.id)
  const { numUpdatedRows } = await act.db
    .updateTable('users')
    .set(fresh)
    .where('id', '=', user.id)
    .where('secret_version', '=', user.secret_version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Spends a second-factor step. False when it, or a later one, was spent before. */
export async function spendStep(act: Act, id: Id<'users'>, step: number): Promise<boolean> {
  const { numUpdatedRows } = await act.db
    .updateTable('users')
    .set({ totp_step: String(step) })
    .where('id', '=', id)
    .where('totp_step', '<', String(step))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
