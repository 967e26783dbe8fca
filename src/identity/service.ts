import { keyedHash, randomReference } from '../platform/crypto/code.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { fingerprint } from '../platform/crypto/signing.ts'
import { newUserSecret, type UserSecret } from '../platform/crypto/user-secret.ts'
import { constraintOf } from '../platform/database/failure.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op, Services } from '../platform/operation/op.ts'
import { currentPin } from '../platform/operation/register.ts'
import { chosenPassphrase, sealUnderPassphrase } from './passphrase.ts'
import { handleTaken } from './problems.ts'
import { deleteRecoveryOf, deleteSharesHeldBy } from './repo-recovery.ts'
import { deleteAllSessions, deleteSessionsOf } from './repo-sessions.ts'
import { insertUserRow, type NewUser } from './repo-users.ts'

const HANDLE_LETTERS = 8

export type PreparedUser = {
  readonly row: NewUser & { readonly id: Id<'users'> }
  readonly secret: UserSecret
  readonly handle: string
  readonly passphrase: Secret<string> | null
}

type Wish = {
  readonly organisation_id: Id<'organisations'>
  readonly handle?: string | undefined
  readonly passphrase?: Secret<string> | undefined
  readonly names: readonly string[]
  /** The founder's fingerprint to pin; null for the founder, who is the anchor. */
  readonly anchor: string | null
}

/** A new account, made outside the act that will insert it. `passphrase` is there only when it was generated. */
export async function prepareUser(services: Services, wish: Wish): Promise<PreparedUser> {
  const id = newId('users')
  const handle = wish.handle ?? randomReference(HANDLE_LETTERS).toLowerCase()
  const { passphrase, isGenerated } = chosenPassphrase(wish.passphrase, [handle, ...wish.names])
  const fresh = newUserSecret()
  const own = fingerprint(fresh.agreement.publicKey, fresh.signing.publicKey)
  const register = wish.anchor === null ? null : await currentPin(services, wish.anchor)
  const secret = { ...fresh, anchor: wish.anchor ?? own, register }
  const owner = { id, organisation_id: wish.organisation_id, secret_version: 1 }
  const row = {
    ...(await sealUnderPassphrase(passphrase, owner, secret)),
    id,
    organisation_id: wish.organisation_id,
    handle_hash: keyedHash(services.pepper, 'handle', handle),
    agreement_key: Buffer.from(secret.agreement.publicKey),
    signing_key: Buffer.from(secret.signing.publicKey),
  }
  return { row, secret, handle, passphrase: isGenerated ? passphrase : null }
}

/** Puts a prepared account into the database. 409 handle-taken. */
export async function insertAccount(act: Act, { row }: PreparedUser): Promise<void> {
  try {
    await insertUserRow(act, row)
  } catch (error) {
    if (constraintOf(error) === 'users_handle_key') throw new Problem(handleTaken)
    throw error
  }
}

/** Ends all sessions of one account. */
export const endSessionsOf = (act: Act, userId: Id<'users'>): Promise<void> => deleteSessionsOf(act, userId)

/** Somebody is no recovery officer any more: the shares given to them go. */
export const dismissOfficer = (act: Act, userId: Id<'users'>): Promise<void> => deleteSharesHeldBy(act, userId)

/** An account that was removed cannot be restored. */
export const forgetRecovery = (act: Act, userId: Id<'users'>): Promise<void> => deleteRecoveryOf(act, userId)

/** Lockdown: ends every session of everybody. Until people sign in again, no key can be reached by anyone. */
export const lockDown = (op: Op<'session.lockdown'>): Promise<void> => op.act((act) => deleteAllSessions(act))
