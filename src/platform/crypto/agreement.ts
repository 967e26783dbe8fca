import { diffieHellman, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { importKnownPublic, importPrivate, importPublic, RAW_KEY_BYTES, rawBytes, rawPublic } from './raw-key.ts'
import { Guarded, Secret, type SecretKey } from './secret.ts'

/** An X25519 key pair (RFC 7748). Prints as `[secret]`; the pair is computed when first used, and once. */
export class AgreementKey extends Guarded {
  /** The 32 private bytes. */
  readonly secret: SecretKey
  #privateKey: KeyObject | undefined
  #publicKey: Buffer | undefined

  constructor(secret: SecretKey) {
    super()
    if (secret.expose().length !== RAW_KEY_BYTES) throw new RangeError('an agreement key has 32 bytes')
    this.secret = secret
  }

  /** The 32 public bytes. */
  get publicKey(): Uint8Array {
    return (this.#publicKey ??= rawPublic(this.#handle()))
  }

  /** The shared bytes with the holder of a public key; undefined for a malformed or low-order key, which would agree on zeros. */
  agreeWith(publicKey: Uint8Array): SecretKey | undefined {
    return tryAgree(this.#handle(), () => importPublic('X25519', publicKey))
  }

  #handle(): KeyObject {
    return (this.#privateKey ??= importPrivate('X25519', this.secret.expose()))
  }
}

/** A fresh key pair for agreement. */
export function newAgreementKey(): AgreementKey {
  return agreementKeyFrom(new Secret(randomBytes(RAW_KEY_BYTES)))
}

/** The same key pair each time from the same 32 bytes. */
export function agreementKeyFrom(secret: SecretKey): AgreementKey {
  return new AgreementKey(secret)
}

/** What a fresh pair agrees on with the holder of a public key, and its public half; its private half is gone. Undefined as above. */
export function agreeOnce(recipient: Uint8Array): { publicKey: Uint8Array; shared: SecretKey } | undefined {
  const ephemeral = generateKeyPairSync('x25519')
  const shared = tryAgree(ephemeral.privateKey, () => importKnownPublic('X25519', recipient))
  return shared && { publicKey: rawBytes(ephemeral.publicKey), shared }
}

/** OpenSSL throws at a key of another length, and may at one of low order. */
function tryAgree(privateKey: KeyObject, publicKey: () => KeyObject): SecretKey | undefined {
  try {
    const shared = diffieHellman({ privateKey, publicKey: publicKey() })
    return shared.some((byte) => byte !== 0) ? new Secret(shared) : undefined
  } catch {
    return undefined
  }
}
