import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  codeHash,
  codeKey,
  keyedHash,
  newCode,
  randomReference,
  randomToken,
  sameBytes,
  sha256,
  tokenFrom,
  tokenText,
} from '../../../src/platform/crypto/code.ts'
import { newRoot } from '../../../src/platform/crypto/keyring.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { bytes, flipped, hexOf, hidden, shown } from './support.ts'

const pepper = newRoot()

describe('one-time codes', () => {
  test('are 28 letters in groups of four, 140 bits, never the same', () => {
    const codes = Array.from({ length: 200 }, () => shown(newCode()))

    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(new Set(codes).size).toBe(200)
  })

  test('are the same in every way of typing them', () => {
    const separator = fc.constantFrom('', '-', ' ', '–', '\t', '\u00a0')
    const zero = fc.constantFrom('0', 'O', 'o')
    const one = fc.constantFrom('1', 'I', 'i', 'L', 'l')

    fc.assert(
      fc.property(fc.record({ gap: separator, zero, one, lower: fc.boolean() }), (way) => {
        const code = newCode()
        const letters = shown(code).replaceAll('-', way.gap).replaceAll('0', way.zero).replaceAll('1', way.one)
        const typed = new Secret(way.lower ? letters.toLowerCase() : letters)

        expect(codeHash(pepper, 'invitation', typed)).toEqual(codeHash(pepper, 'invitation', code))
        expect(hexOf(codeKey('recovery', typed))).toBe(hexOf(codeKey('recovery', code)))
      }),
    )
  })

  test('hash differently for another code, purpose or pepper', () => {
    const code = newCode()
    const hashes = [
      codeHash(pepper, 'invitation', code),
      codeHash(pepper, 'recovery', code),
      codeHash(newRoot(), 'invitation', code),
      codeHash(pepper, 'invitation', newCode()),
      codeKey('invitation', code),
      codeKey('recovery', code),
    ]

    expect(new Set(hashes.map(hexOf)).size).toBe(6)
    for (const hash of hashes) expect(hexOf(hash)).toHaveLength(64)
  })
})

test('every letter of a reference is as likely as another', () => {
  const counts = new Map<string, number>()
  for (const letter of randomReference(64_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1)

  // About 2,000 each with a standard deviation of 44.
  expect([...counts.keys()].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
  for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(300)
})

test('a keyed hash is the same for a text and for the secret of it, and depends on key and purpose', () => {
  const hash = keyedHash(pepper, 'handle', 'Нигина')

  expect(keyedHash(pepper, 'handle', new Secret('Нигина'))).toEqual(hash)
  expect(keyedHash(pepper, 'handle', hidden(Buffer.from('Нигина')))).toEqual(hash)
  expect(keyedHash(pepper, 'address', 'Нигина')).not.toEqual(hash)
  expect(keyedHash(newRoot(), 'handle', 'Нигина')).not.toEqual(hash)
})

test('sha256 tells apart parts that only join to the same text', () => {
  expect(sha256('ab', 'c')).not.toEqual(sha256('a', 'bc'))
  expect(sha256('abc')).not.toEqual(sha256('abc', ''))
  expect(sha256('a', 1)).toEqual(sha256('a', '1'))
})

test('tokens travel as base64url', () => {
  const token = randomToken(32)

  expect(shown(token)).toHaveLength(32)
  expect(shown(tokenText(token))).toMatch(/^[\w-]{43}$/)
  expect(hexOf(tokenFrom(tokenText(token)))).toBe(hexOf(token))
  expect(hexOf(randomToken(32))).not.toBe(hexOf(token))
})

test('bytes are the same or not', () => {
  fc.assert(
    fc.property(bytes(1, 64), fc.nat(), (value, bit) => {
      expect(sameBytes(value, Buffer.from(value))).toBe(true)
      expect(sameBytes(value, flipped(value, bit % (value.length * 8)))).toBe(false)
      expect(sameBytes(value, value.subarray(1))).toBe(false)
    }),
  )
})
