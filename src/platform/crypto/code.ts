import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { foldCode, inGroups, letterOf } from './crockford.ts'
import { lengthPrefixed, type Part } from './place.ts'
import { Secret, type SecretKey } from './secret.ts'

// 28 letters of five bits are 140 bits: over 128, and seven even groups to read aloud.
const CODE_LETTERS = 28
const KEY_BYTES = 32

/** A fresh one-time code of at least 128 bits, such as `7KQM-0XT2-…`, in seven groups of four letters. */
export function newCode(): Secret {
  return new Secret(inGroups(randomReference(CODE_LETTERS)))
}

/** What is stored of a code, 32 bytes. The same for every way of typing it. */
export function codeHash(pepper: SecretKey, purpose: string, code: Secret): Buffer {
  return keyedHash(pepper, purpose, foldCode(code.expose()))
}

/** A 32-byte key that only the holder of a code can make (HKDF-SHA-256, RFC 5869). */
export function codeKey(purpose: string, code: Secret): SecretKey {
  const key = hkdfSync('sha256', foldCode(code.expose()), '', lengthPrefixed('code1', purpose), KEY_BYTES)
  return new Secret(new Uint8Array(key))
}

/** HMAC-SHA-256 by which something is found without being readable: handles, addresses, idempotency keys, tokens. */
export function keyedHash(pepper: SecretKey, purpose: string, text: string | Secret | Secret<Uint8Array>): Buffer {
  const part = text instanceof Secret ? text.expose() : text
  return createHmac('sha256', pepper.expose()).update(lengthPrefixed(purpose, part)).digest()
}

/** SHA-256 over the length-prefixed parts. */
export function sha256(...parts: readonly Part[]): Buffer {
  return createHash('sha256')
    .update(lengthPrefixed(...parts))
    .digest()
}

/** SHA-256 of a text or a file as anybody computes it (FIPS 180-4), in hexadecimal. */
export function plainSha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Whether two values are the same, in a time that depends only on their lengths. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Fresh random bytes. */
export function randomToken(bytes: number): Secret<Uint8Array> {
  return new Secret(randomBytes(bytes))
}

/** Bytes as base64url text, for tokens on the wire. */
export function tokenText(token: Secret<Uint8Array>): Secret {
  return new Secret(Buffer.from(token.expose()).toString('base64url'))
}

/** The bytes of a token's text; letters outside base64url are skipped, so compare hashes, not lengths. */
export function tokenFrom(text: Secret): Secret<Uint8Array> {
  return new Secret(Buffer.from(text.expose(), 'base64url'))
}

/** A random reference of so many letters, five bits each, without look-alikes. */
export function randomReference(letters: number): string {
  return Array.from(randomBytes(letters), letterOf).join('')
}

/** SHA-256 over a salt and a hash, both as text: tells nothing, and binds to the hash whoever later shows both. */
export function commitment(salt: Secret, hash: Secret): Buffer {
  return sha256('commit1', salt.expose(), hash.expose())
}
