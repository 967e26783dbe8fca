import fc from 'fast-check'
import type { Place } from '../../../src/platform/crypto/place.ts'
import { consult, Secret } from '../../../src/platform/crypto/secret.ts'

export const hidden = (bytes: Uint8Array): Secret<Uint8Array> => new Secret(bytes)

export const shown = <T>(secret: Secret<T>): T => consult(secret, (value) => value)

export const hexOf = (bytes: Uint8Array | Secret<Uint8Array>): string =>
  Buffer.from(bytes instanceof Secret ? shown(bytes) : bytes).toString('hex')

export const aPlace: Place = {
  organisation: 'organisation-1',
  table: 'incidents',
  row: 'row-1',
  column: 'narrative',
  keyring: 'keyring-1',
  keyring_version: 1,
  row_version: 1,
}

/** The same place but for one part, one after another. */
export const otherPlaces: [part: string, place: Place][] = [
  ['organisation', { ...aPlace, organisation: 'organisation-2' }],
  ['table', { ...aPlace, table: 'persons' }],
  ['row', { ...aPlace, row: 'row-2' }],
  ['column', { ...aPlace, column: 'identity' }],
  ['keyring', { ...aPlace, keyring: 'keyring-2' }],
  ['keyring_version', { ...aPlace, keyring_version: 2 }],
  ['row_version', { ...aPlace, row_version: 2 }],
]

export const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength })

/** The same bytes with one bit the other way round. */
export function flipped(value: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(value)
  const at = Math.floor(bit / 8)
  copy[at] = copy.readUInt8(at) ^ (1 << (bit % 8))
  return copy
}
