import { createHash, hkdfSync, randomInt } from 'node:crypto'
import { dictionary } from '@zxcvbn-ts/language-common'
import argon2 from 'argon2'
import { gate } from './gate.ts'
import { Secret, type SecretKey } from './secret.ts'
import { containsName, isCommon, isRepetitive } from './weak-patterns.ts'

/** The cost of Argon2id (RFC 9106): memory in KiB, passes, lanes. Stored per user, raised at the next sign-in. */
export type KdfParameters = { memory_kib: number; passes: number; lanes: number }

/** What a new passphrase is stretched with. */
export const CURRENT_KDF: KdfParameters = { memory_kib: 65_536, passes: 3, lanes: 1 }

/** What a passphrase opens: the verifier, of which only the hash is stored, and the key of the user secret. */
export type Stretched = { verifier: SecretKey; kek: SecretKey }

/** Why a passphrase is refused. */
type Weakness = 'too_short' | 'too_long' | 'common' | 'repetitive' | 'contains_own_name'

const LENGTH_MIN = 15
const LENGTH_MAX = 200
const KDF_MAX: KdfParameters = { memory_kib: 262_144, passes: 10, lanes: 4 }
const KEY_BYTES = 32
const WORDS = 7

const HASHES_AT_ONCE = 4
const HASHES_WAITING = 32
const enter = gate(HASHES_AT_ONCE, HASHES_WAITING)

/** Stretches a passphrase, NFKC-normalised, with Argon2id. At most 4 at once and 32 waiting, then it throws Busy. */
export async function stretch(passphrase: Secret, salt: Uint8Array, cost: KdfParameters): Promise<Stretched> {
  // The cost is read from the database, where somebody may have made it ruinous.
  if (cost.memory_kib > KDF_MAX.memory_kib || cost.passes > KDF_MAX.passes || cost.lanes > KDF_MAX.lanes)
    throw new RangeError('the cost of a passphrase is out of bounds')
  const okm = await enter(() =>
    argon2.hash(normalised(passphrase.expose()), {
      raw: true,
      type: argon2.argon2id,
      memoryCost: cost.memory_kib,
      timeCost: cost.passes,
      parallelism: cost.lanes,
      hashLength: KEY_BYTES,
      salt: Buffer.from(salt),
    }),
  )
  return { verifier: expand(okm, 'verifier1'), kek: expand(okm, 'kek1') }
}

/** SHA-256 of the verifier: all that is stored of it, 32 bytes. */
export function verifierHash(verifier: SecretKey): Buffer {
  return createHash('sha256').update(verifier.expose()).digest()
}

/** A fresh passphrase: 7 words of a list of 7,776, with spaces between; 90 bits. */
export function generatePassphrase(): Secret {
  const words = dictionary['diceware-common']
  return new Secret(Array.from({ length: WORDS }, () => words[randomInt(words.length)]).join(' '))
}

/**
 * What makes a passphrase weak, undefined when nothing does: 15 to 200 characters, no pattern, not made of
 * common passwords, and none of the person's `own` names or addresses in it.
 */
export function weaknessOf(passphrase: Secret, own: readonly string[]): Weakness | undefined {
  const text = normalised(passphrase.expose()).toLowerCase()
  const length = Array.from(text).length
  if (length < LENGTH_MIN) return 'too_short'
  if (length > LENGTH_MAX) return 'too_long'
  const letters = text.replaceAll(/\s/gu, '')
  if (isRepetitive(letters)) return 'repetitive'
  if (isCommon(letters)) return 'common'
  return containsName(
    letters,
    own.map(normalised).map((name) => name.toLowerCase()),
  )
    ? 'contains_own_name'
    : undefined
}

/** The form in which a passphrase is judged and stretched: the same from every keyboard. */
function normalised(text: string): string {
  return text.normalize('NFKC')
}

function expand(okm: Buffer, purpose: string): SecretKey {
  return new Secret(new Uint8Array(hkdfSync('sha256', okm, '', purpose, KEY_BYTES)))
}
