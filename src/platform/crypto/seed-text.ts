import { Secret as Seed } from 'otpauth'
import { Secret, type SecretKey } from './secret.ts'

const SEED_BYTES = 20

/** A second-factor seed as the base32 text that people type into an authenticator (RFC 4648, without padding). */
export function seedText(seed: SecretKey): Secret<string> {
  return new Secret(new Seed({ buffer: Uint8Array.from(seed.expose()).buffer }).base32)
}

/** The seed of such a text; undefined when it is not 20 bytes of base32. */
export function seedFrom(text: Secret<string>): SecretKey | undefined {
  try {
    const { bytes } = Seed.fromBase32(text.expose())
    return bytes.length === SEED_BYTES ? new Secret(Uint8Array.from(bytes)) : undefined
  } catch {
    return undefined
  }
}
