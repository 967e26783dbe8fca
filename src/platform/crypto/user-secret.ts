import { z } from 'zod'
import { type AgreementKey, agreementKeyFrom, newAgreementKey } from './agreement.ts'
import { parseJson, SealBroken } from './box.ts'
import { Secret, type SecretKey } from './secret.ts'
import { newSigningKey, type SigningKey, signingKeyFrom } from './signing.ts'

/** All that a person's passphrase opens: own keys, second factor, and what they have seen and trusted. */
export type UserSecret = {
  agreement: AgreementKey
  signing: SigningKey
  /** The second-factor seed, 20 bytes. */
  totp: SecretKey | null
  /** The fingerprint that this person confirmed for the organisation. */
  anchor: string | null
  /** The audit log as last seen: its size, and its root in hexadecimal. */
  checkpoint: { size: number; root: string } | null
  /** The register of members as last seen: its newest entry, and the hash up to it in hexadecimal. */
  register: { number: number; hash: string } | null
}

// One length for everybody, so that it does not show who has a second factor; with the length of its padding it is 512.
const PACKED_BYTES = 508

const keyText = (bytes: number) => z.base64().length(Math.ceil(bytes / 3) * 4)

const Packed = z.strictObject({
  version: z.literal(1),
  agreement: keyText(32),
  signing: keyText(32),
  totp: keyText(20).nullable(),
  anchor: z.string().max(60).nullable(),
  checkpoint: z.strictObject({ size: z.int().min(0), root: z.string().max(64) }).nullable(),
  // Came later: left out as long as there is none.
  register: z.strictObject({ number: z.int().min(1), hash: z.string().length(64) }).optional(),
})

/** Fresh keys for a new person. */
export function newUserSecret(): UserSecret {
  return {
    agreement: newAgreementKey(),
    signing: newSigningKey(),
    totp: null,
    anchor: null,
    checkpoint: null,
    register: null,
  }
}

/** The secret as 508 bytes: JSON of version 1, filled with spaces. RangeError when it does not fit. */
export function packUserSecret(secret: UserSecret): Secret<Uint8Array> {
  const packed = Packed.encode({
    version: 1,
    agreement: textOf(secret.agreement.secret),
    signing: textOf(secret.signing.secret),
    totp: secret.totp && textOf(secret.totp),
    anchor: secret.anchor,
    checkpoint: secret.checkpoint,
    ...(secret.register && { register: secret.register }),
  })
  const bytes = Buffer.alloc(PACKED_BYTES, ' ')
  const json = Buffer.from(JSON.stringify(packed))
  if (json.length > PACKED_BYTES) throw new RangeError('a user secret does not fit')
  bytes.set(json)
  return new Secret(bytes)
}

/** The secret from what `packUserSecret` made; SealBroken otherwise. */
export function unpackUserSecret(bytes: Secret<Uint8Array>): UserSecret {
  const { success, data } = Packed.safeParse(parseJson(bytes.expose()))
  if (!success) throw new SealBroken()
  return {
    agreement: agreementKeyFrom(keyOf(data.agreement)),
    signing: signingKeyFrom(keyOf(data.signing)),
    totp: data.totp === null ? null : keyOf(data.totp),
    anchor: data.anchor,
    checkpoint: data.checkpoint,
    register: data.register ?? null,
  }
}

function textOf(key: SecretKey): string {
  return Buffer.from(key.expose()).toString('base64')
}

function keyOf(text: string): SecretKey {
  return new Secret(Buffer.from(text, 'base64'))
}
