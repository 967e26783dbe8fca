import { randomBytes } from 'node:crypto'
import { Secret as Seed, TOTP } from 'otpauth'
import { Secret, type SecretKey } from './secret.ts'

const ISSUER = 'Guvoh'
const SEED_BYTES = 20
const PERIOD_SECONDS = 30
const DIGITS = 6

/** A fresh second-factor seed, 20 bytes as RFC 4226 recommends. */
export function newTotpSeed(): SecretKey {
  return new Secret(randomBytes(SEED_BYTES))
}

/** The `otpauth:` address that an authenticator application reads from a QR code. */
export function totpUri(seed: SecretKey, label: string): Secret {
  return new Secret(generator(seed, label).toString())
}

/** The 30-second step (RFC 6238) that a code belongs to, at most one off; undefined when none. Refuse a step used before. */
export function totpStep(seed: SecretKey, code: Secret, now: Date): number | undefined {
  const token = code.expose().replaceAll(/\s/g, '')
  if (!/^[0-9]{6}$/.test(token)) return undefined
  const timestamp = now.getTime()
  const delta = generator(seed, '').validate({ token, timestamp, window: 1 })
  return delta === null ? undefined : TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta
}

function generator(seed: SecretKey, label: string): TOTP {
  const secret = new Seed({ buffer: Uint8Array.from(seed.expose()).buffer })
  return new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: DIGITS, period: PERIOD_SECONDS, secret })
}
