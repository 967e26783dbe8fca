import { createHash, type KeyObject, randomBytes, sign as signBytes, verify as verifyBytes } from 'node:crypto'
import { crockford, inGroups } from './crockford.ts'
import { lengthPrefixed, type Part } from './place.ts'
import { importPrivate, importPublic, RAW_KEY_BYTES, rawPublic } from './raw-key.ts'
import { Guarded, Secret, type SecretKey } from './secret.ts'

const FINGERPRINT_BYTES = 20

/** An Ed25519 key pair (RFC 8032). Prints as `[secret]`; the pair is computed when first used, and once. */
export class SigningKey extends Guarded {
  /** The 32-byte seed. */
  readonly secret: SecretKey
  #privateKey: KeyObject | undefined
  #publicKey: Buffer | undefined

  constructor(seed: SecretKey) {
    super()
    if (seed.expose().length !== RAW_KEY_BYTES) throw new RangeError('a signing key has 32 bytes')
    this.secret = seed
  }

  /** The 32 public bytes. */
  get publicKey(): Uint8Array {
    return (this.#publicKey ??= rawPublic(this.#handle()))
  }

  /** The 64-byte signature of a message; `sign` is the way to make messages. */
  signatureOf(message: Uint8Array): Buffer {
    return signBytes(null, message, this.#handle())
  }

  #handle(): KeyObject {
    return (this.#privateKey ??= importPrivate('Ed25519', this.secret.expose()))
  }
}

/** A fresh key pair for signatures. */
export function newSigningKey(): SigningKey {
  return signingKeyFrom(new Secret(randomBytes(RAW_KEY_BYTES)))
}

/** The same key pair each time from the same 32 bytes. */
export function signingKeyFrom(seed: SecretKey): SigningKey {
  return new SigningKey(seed)
}

/** Ed25519 over the length-prefixed parts, 64 bytes. The first part says what is being signed. */
export function sign(key: SigningKey, ...parts: readonly Part[]): Buffer {
  return key.signatureOf(lengthPrefixed(...parts))
}

/** Whether the holder of the public key signed these parts. Anything malformed is false; it never throws. */
export function verify(publicKey: Uint8Array, signature: Uint8Array, ...parts: readonly Part[]): boolean {
  try {
    return verifyBytes(null, lengthPrefixed(...parts), importPublic('Ed25519', publicKey), signature)
  } catch {
    return false
  }
}

/** What two people read to each other to know that they mean the same keys: 160 bits as eight groups of four letters. */
export function fingerprint(agreement: Uint8Array, signing: Uint8Array): string {
  const digest = createHash('sha256')
    .update(lengthPrefixed('fpr1', agreement, signing))
    .digest()
  return inGroups(crockford(digest.subarray(0, FINGERPRINT_BYTES)))
}
