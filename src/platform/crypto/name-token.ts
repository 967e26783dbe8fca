import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { KeyringKeys } from './keyring.ts'
import { lengthPrefixed } from './place.ts'

const TOKEN_BYTES = 8
const BLOCK_BYTES = 16

const keys = new WeakMap<KeyringKeys, Uint8Array>()

/** The key of the tokens under one version of a keyring: a label of its own, so that it is no key for anything else. */
function tokenKey(keyring: KeyringKeys): Uint8Array {
  const known = keys.get(keyring)
  if (known !== undefined) return known
  const key = createHmac('sha512', keyring.wrapping.expose()).update(lengthPrefixed('token1', 'names')).digest()
  keys.set(keyring, key.subarray(0, 32))
  return key.subarray(0, 32)
}

/** Pieces of names, ready to be made tokens under very many keyrings: a block each. */
export const tokenBlocks = (pieces: readonly string[]): Buffer =>
  Buffer.concat(pieces.map((piece) => createHash('sha256').update(piece).digest().subarray(0, BLOCK_BYTES)))

/**
 * Blind tokens of pieces of names: whoever does not hold the keyring can neither make nor compare them with another's.
 * A block cipher over hashes is as good a keyed function as an HMAC here, and all the pieces go through it in one call.
 */
export function nameTokens(keyring: KeyringKeys, blocks: Buffer): string[] {
  const cipher = createCipheriv('aes-256-ecb', tokenKey(keyring), null).setAutoPadding(false)
  const hidden = cipher.update(blocks)
  return Array.from({ length: hidden.length / BLOCK_BYTES }, (_, nth) => asToken(hidden, nth * BLOCK_BYTES))
}

/** Tokens of nothing, which make a row no longer or shorter than others. */
export const emptyTokens = (count: number): string[] =>
  Array.from({ length: count }, () => asToken(randomBytes(TOKEN_BYTES), 0))

const asToken = (bytes: Buffer, at: number): string => bytes.readBigInt64BE(at).toString()
