import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** The two curves of RFC 8032 and RFC 7748, by their names in a JSON Web Key (RFC 8037). */
type Curve = 'X25519' | 'Ed25519'

export const RAW_KEY_BYTES = 32

// Keys go in as JSON Web Keys: parsing the usual DER forms costs OpenSSL ten times as long.
const PLACEHOLDER = Buffer.alloc(RAW_KEY_BYTES).toString('base64url')

/** A private key from its 32 bytes. The public half of the JSON Web Key is not read: it is computed anew. */
export function importPrivate(curve: Curve, secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: { kty: 'OKP', crv: curve, x: PLACEHOLDER, d: base64url(secret) }, format: 'jwk' })
}

/** A public key from its 32 bytes. Throws on another length. */
export function importPublic(curve: Curve, raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: base64url(raw) }, format: 'jwk' })
}

const known = new Map<string, KeyObject>()
const KNOWN_MOST = 1_000

/** The same for keys that come again and again, such as those of keyrings: the last thousand are kept. */
export function importKnownPublic(curve: Curve, raw: Uint8Array): KeyObject {
  const name = `${curve} ${base64url(raw)}`
  const key = known.get(name) ?? importPublic(curve, raw)
  const [oldest] = known.keys()
  if (known.size >= KNOWN_MOST && oldest !== undefined) known.delete(oldest)
  known.set(name, key)
  return key
}

/** The 32 public bytes of a private key. */
export function rawPublic(key: KeyObject): Buffer {
  return rawBytes(createPublicKey(key))
}

/** The 32 bytes of a public key. */
export function rawBytes(key: KeyObject): Buffer {
  const { x } = key.export({ format: 'jwk' })
  if (x === undefined) throw new Error('the key has no public half')
  return Buffer.from(x, 'base64url')
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url')
}
