import { randomBytes } from 'node:crypto'
import { Secret, type SecretKey } from './secret.ts'
import { type SigningKey, signingKeyFrom } from './signing.ts'

const KEY_BYTES = 32

/** What an installation's configuration holds. None of it opens content: that is sealed under people's passphrases. */
export type InstallationKeys = {
  /** Hashes handles, addresses and codes, and is mixed into the keys of sessions. */
  readonly pepper: SecretKey
  /** Signs access tokens and audit checkpoints. */
  readonly signing: SigningKey
}

/** The text of a fresh key file: two lines of JSON that every replica must share. */
export function newInstallationKeys(): string {
  const [pepper, signing] = [randomBytes(KEY_BYTES), randomBytes(KEY_BYTES)].map((key) => key.toString('base64'))
  return `${JSON.stringify({ pepper, signing }, null, 2)}\n`
}

/** The keys in such a text; undefined when it is anything else. */
export function parseInstallationKeys(text: string): InstallationKeys | undefined {
  try {
    const { pepper, signing } = JSON.parse(text) as Record<string, unknown>
    const keys = [pepper, signing].map((key) => Buffer.from(String(key), 'base64'))
    const [first, second] = keys
    if (first?.length !== KEY_BYTES || second?.length !== KEY_BYTES) return undefined
    return { pepper: new Secret(first), signing: signingKeyFrom(new Secret(second)) }
  } catch {
    return undefined
  }
}
