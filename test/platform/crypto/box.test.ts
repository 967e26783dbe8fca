import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreementKeyFrom, newAgreementKey } from '../../../src/platform/crypto/agreement.ts'
import {
  decrypt,
  decryptJson,
  encrypt,
  encryptJson,
  openKey,
  SealBroken,
  sealKey,
  unwrapKey,
  wrapKey,
} from '../../../src/platform/crypto/box.ts'
import { newRecordKey } from '../../../src/platform/crypto/keyring.ts'
import { lengthPrefixed, placeBytes } from '../../../src/platform/crypto/place.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { aPlace, bytes, flipped, hexOf, hidden, otherPlaces, shown } from './support.ts'

const key = newRecordKey()
const own = newAgreementKey()

// Three formats with one promise: what was sealed here opens here, and nowhere else.
const formats = [
  {
    name: 'encrypt',
    close: () => encrypt(key, aPlace, hidden(Buffer.from('Задержан без ордера'))),
    open: (value: Uint8Array, place = aPlace) => decrypt(key, place, value),
    openAsAnother: (value: Uint8Array) => decrypt(newRecordKey(), aPlace, value),
  },
  {
    name: 'wrapKey',
    close: () => wrapKey(key, aPlace, newRecordKey()),
    open: (value: Uint8Array, place = aPlace) => unwrapKey(key, place, value),
    openAsAnother: (value: Uint8Array) => unwrapKey(newRecordKey(), aPlace, value),
  },
  {
    name: 'sealKey',
    close: () => sealKey(own.publicKey, aPlace, newRecordKey()),
    open: (value: Uint8Array, place = aPlace) => openKey(own, place, value),
    openAsAnother: (value: Uint8Array) => openKey(newAgreementKey(), aPlace, value),
  },
]

describe.each(formats)('$name', ({ close, open, openAsAnother }) => {
  test('does not open with any one bit changed', () => {
    const value = close()

    for (let bit = 0; bit < value.length * 8; bit += 1) expect(() => open(flipped(value, bit))).toThrow(SealBroken)
    expect(hexOf(open(value))).not.toBe('')
  })

  test.each(otherPlaces)('does not open in another %s', (_, place) => {
    const value = close()

    expect(() => open(value, place)).toThrow(SealBroken)
  })

  test('does not open when cut, prolonged or made up, and the error never says why', () => {
    const value = close()
    const malformed = [
      ...Array.from({ length: value.length }, (_, length) => value.subarray(0, length)),
      Buffer.concat([value, Buffer.alloc(1)]),
      Buffer.alloc(value.length),
      Buffer.alloc(value.length, 1),
    ]

    for (const wrong of malformed) expect(() => open(wrong)).toThrow(new SealBroken())
  })

  test('does not open under another key', () => {
    expect(() => openAsAnother(close())).toThrow(SealBroken)
  })

  test('is made differently each time', () => {
    expect(close()).not.toEqual(close())
  })
})

test('one format does not open as another', () => {
  const text = hidden(Buffer.alloc(32, 7))

  expect(() => unwrapKey(key, aPlace, encrypt(key, aPlace, text))).toThrow(SealBroken)
  expect(() => decrypt(key, aPlace, wrapKey(key, aPlace, text))).toThrow(SealBroken)
  expect(() => openKey(own, aPlace, wrapKey(own.secret, aPlace, text))).toThrow(SealBroken)
})

test('whatever was sealed comes back', () => {
  fc.assert(
    fc.property(bytes(32), bytes(0, 9_000), (keyBytes, text) => {
      const byKey = hidden(keyBytes)
      const reader = agreementKeyFrom(byKey)

      expect(hexOf(decrypt(byKey, aPlace, encrypt(byKey, aPlace, hidden(text))))).toBe(hexOf(text))
      expect(hexOf(openKey(reader, aPlace, sealKey(reader.publicKey, aPlace, hidden(text))))).toBe(hexOf(text))
      expect(hexOf(unwrapKey(byKey, aPlace, wrapKey(byKey, aPlace, hidden(keyBytes))))).toBe(hexOf(keyBytes))
    }),
    { numRuns: 60 },
  )
})

test('any JSON value comes back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const opened = decryptJson(key, aPlace, encryptJson(key, aPlace, new Secret(value)))

      expect(shown(opened)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('text that is not JSON is refused without being quoted', () => {
  const value = encrypt(key, aPlace, hidden(Buffer.from('Nigina was there')))

  expect(() => decryptJson(key, aPlace, value)).toThrow(new SealBroken())
})

test('the size shows only a bucket', () => {
  const sizeOf = (length: number) => encrypt(key, aPlace, hidden(Buffer.alloc(length))).length - 73

  const sizes = [0, 1, 252, 253, 508, 509, 4092, 4093, 4348, 8188, 8189, 65_532, 65_533].map(sizeOf)

  expect(sizes).toEqual([256, 256, 256, 512, 512, 768, 4096, 4352, 4352, 8192, 8704, 65_536, 67_584])
})

test('above 4 KiB the filling costs at most 7 %, and few sizes exist', () => {
  const sizes = new Set<number>()
  for (let length = 4_097; length < 70_000; length += 97) {
    const size = encrypt(key, aPlace, hidden(Buffer.alloc(length))).length - 73
    expect(size).toBeGreaterThanOrEqual(length + 4)
    expect(size).toBeLessThanOrEqual((length + 4) * 1.07)
    sizes.add(size)
  }

  // Sixteen for each doubling up to 64 KiB, and the first three above.
  expect(sizes.size).toBe(67)
})

test('wraps and seals have one size for keys', () => {
  expect(wrapKey(key, aPlace, newRecordKey())).toHaveLength(105)
  expect(sealKey(own.publicKey, aPlace, newRecordKey())).toHaveLength(113)
})

test('text over 1 MiB and keys of another length are refused before anything is sealed', () => {
  expect(() => encrypt(key, aPlace, hidden(Buffer.alloc(1024 * 1024 + 1)))).toThrow(RangeError)
  expect(() => encrypt(hidden(Buffer.alloc(31)), aPlace, hidden(Buffer.alloc(1)))).toThrow(RangeError)
  expect(() => wrapKey(key, aPlace, hidden(Buffer.alloc(20)))).toThrow(RangeError)
})

// The low-order points of Curve25519, on which everybody agrees.
const lowOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
]

test.each(lowOrder)('nothing is sealed to the low-order key %s, or opened from it', (hex) => {
  const point = Buffer.from(hex, 'hex')

  expect(() => sealKey(point, aPlace, key)).toThrow(RangeError)
  expect(() => openKey(own, aPlace, Buffer.concat([Buffer.of(1), point, Buffer.alloc(80)]))).toThrow(SealBroken)
})

test.each([0, 31, 33])('nothing is sealed to a public key of %i bytes', (length) => {
  expect(() => sealKey(Buffer.alloc(length, 9), aPlace, key)).toThrow(RangeError)
})

test('no two lists of parts have the same bytes', () => {
  const part = fc.oneof(fc.string({ maxLength: 3 }), bytes(0, 3))
  const list = fc.array(part, { maxLength: 4 })
  const plain = (parts: (string | Uint8Array)[]) => JSON.stringify(parts.map((one) => hexOf(Buffer.from(one))))

  fc.assert(
    fc.property(list, list, (a, b) => {
      expect(lengthPrefixed(...a).equals(lengthPrefixed(...b))).toBe(plain(a) === plain(b))
    }),
  )
  expect(hexOf(lengthPrefixed('я', 17, Buffer.of(255)))).toBe('00000002d18f00000002313700000001ff')
})

test('absent parts of a place are empty', () => {
  const { keyring, keyring_version, row_version, ...bare } = aPlace

  expect(placeBytes(bare)).toEqual(lengthPrefixed('organisation-1', 'incidents', 'row-1', 'narrative', '', '', ''))
  expect(placeBytes(aPlace).length - placeBytes(bare).length).toBe(String(keyring).length + 2)
  expect([keyring_version, row_version]).toEqual([1, 1])
})
