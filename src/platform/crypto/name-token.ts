import { createHmac, randomBytes } from 'node:crypto'
import type { KeyringKeys } from './keyring.ts'
import { lengthPrefixed } from './place.ts'

const TOKEN_BYTES = 8

const keys = new WeakMap<KeyringKeys, Uint8Array>()

/** The key of the tokens under one version of a keyring: a label of its own, so that it is no key for anything else. */
function tokenKey(keyring: KeyringKeys): Uint8Array {
  const known = keys.get(keyring)
  if (known !== undefined) return known
  const key = createHmac('sha512', keyring.wrapping.expose()).update(lengthPrefixed('token1', 'names')).digest()
  keys.set(keyring, key.subarray(0, 32))
  return key.subarray(0, 32)
}

/** Blind tokens of pieces of names: whoever does not hold the keyring can neither make nor compare them with another's. */
export function nameTokens(keyring: KeyringKeys, pieces: readonly string[]): string[] {
  const key = tokenKey(keyring)
  return pieces.map((piece) => asToken(createHmac('sha256', key).update(piece).digest()))
}

/** Tokens of nothing, which make a row no longer or shorter than others. */
export const emptyTokens = (count: number): string[] =>
  Array.from({ length: count }, () => asToken(randomBytes(TOKEN_BYTES)))

const asToken = (bytes: Buffer): string => bytes.readBigInt64BE(0).toString()
