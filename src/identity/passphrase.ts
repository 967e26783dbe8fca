import { decrypt, encrypt, SealBroken } from '../platform/crypto/box.ts'
import { keyedHash, sameBytes } from '../platform/crypto/code.ts'
import {
  CURRENT_KDF,
  generatePassphrase,
  type Stretched,
  stretch,
  verifierHash,
  weaknessOf,
} from '../platform/crypto/passphrase.ts'
import { randomBytesOf } from '../platform/crypto/salt.ts'
import type { Secret, SecretKey } from '../platform/crypto/secret.ts'
import { packUserSecret, type UserSecret, unpackUserSecret } from '../platform/crypto/user-secret.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Services } from '../platform/operation/op.ts'
import { weakPassphrase } from './problems.ts'
import { costOf, secretPlace, type UserRow } from './repo-users.ts'

const SALT_BYTES = 16

/** A passphrase that passes, or a generated one; 422 weak-passphrase with the reason. */
export function chosenPassphrase(own: Secret<string> | undefined, names: readonly string[]) {
  if (own === undefined) return { passphrase: generatePassphrase(), isGenerated: true }
  const weakness = weaknessOf(own, names)
  if (weakness !== undefined) throw new Problem(weakPassphrase, { reason: weakness })
  return { passphrase: own, isGenerated: false }
}

type Owner = { readonly id: string; readonly organisation_id: string; readonly secret_version: number }

/** What a secret is sealed under: the key, and the columns by which the passphrase finds it again. */
export type Lock = Awaited<ReturnType<typeof newLock>>

/** A lock of today's cost under a fresh salt. Takes a tenth of a second and more: never inside an act. */
export async function newLock(passphrase: Secret<string>) {
  const salt = randomBytesOf(SALT_BYTES)
  const { verifier, kek } = await stretch(passphrase, salt, CURRENT_KDF)
  const { memory_kib, passes, lanes } = CURRENT_KDF
  const columns = {
    kdf_salt: salt,
    kdf_memory_kib: memory_kib,
    kdf_passes: passes,
    kdf_lanes: lanes,
    verifier_hash: verifierHash(verifier),
  }
  return { kek, columns }
}

/** The columns of a secret sealed under a key that the passphrase leads to. */
export function sealSecret(kek: SecretKey, owner: Owner, secret: UserSecret) {
  return { secret: encrypt(kek, secretPlace(owner), packUserSecret(secret)), secret_version: owner.secret_version }
}

/** The columns of a secret sealed under a passphrase, with a fresh salt. As slow as `newLock`. */
export async function sealUnderPassphrase(passphrase: Secret<string>, owner: Owner, secret: UserSecret) {
  const { kek, columns } = await newLock(passphrase)
  return { ...columns, ...sealSecret(kek, owner, secret) }
}

/** Whether the account's passphrase is stretched at less than today's cost. */
export function isCheaplyLocked(user: UserRow): boolean {
  const { memory_kib, passes } = costOf(user)
  return memory_kib < CURRENT_KDF.memory_kib || passes < CURRENT_KDF.passes
}

/** The secret of a user whose passphrase this is, with the key it is sealed under; undefined when it is not. */
export async function openWithPassphrase(user: UserRow, passphrase: Secret<string>) {
  const { verifier, kek } = await stretch(passphrase, user.kdf_salt, costOf(user))
  return openWith({ verifier, kek }, user)
}

function openWith({ verifier, kek }: Stretched, user: UserRow) {
  if (!sameBytes(verifierHash(verifier), user.verifier_hash)) return undefined
  try {
    return { kek, secret: unpackUserSecret(decrypt(kek, secretPlace(user), user.secret)) }
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

/** As slow as a real one, for a handle that does not exist. */
export async function pretendToOpen(
  services: Services,
  handle: string,
  passphrase: Secret<string>,
): Promise<undefined> {
  await stretch(passphrase, keyedHash(services.pepper, 'no such handle', handle).subarray(0, SALT_BYTES), CURRENT_KDF)
}
