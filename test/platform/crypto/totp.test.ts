import { expect, test } from 'vitest'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { newTotpSeed, totpStep, totpUri } from '../../../src/platform/crypto/totp.ts'
import { totpOf } from './independent-reader.ts'
import { hexOf, hidden, shown } from './support.ts'

const seed = hidden(Buffer.from('12345678901234567890'))
const at = (seconds: number) => new Date(seconds * 1000)
const stepOf = (code: string, seconds: number) => totpStep(seed, new Secret(code), at(seconds))

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i s the code is %s', (seconds, code) => {
  expect(stepOf(code, seconds)).toBe(Math.floor(seconds / 30))
  expect(totpOf(Buffer.from(shown(seed)), Math.floor(seconds / 30))).toBe(code)
})

test('a code holds one step early and one step late, and tells which step it was', () => {
  const now = 1_700_000_010
  const step = Math.floor(now / 30)
  const codeOf = (offset: number) => totpOf(Buffer.from(shown(seed)), step + offset)

  expect([-2, -1, 0, 1, 2].map((offset) => stepOf(codeOf(offset), now))).toEqual([
    undefined,
    step - 1,
    step,
    step + 1,
    undefined,
  ])
})

test('spaces do not count, and whatever is not six digits is no code', () => {
  expect(stepOf('287 082', 59)).toBe(1)
  for (const wrong of ['', '28708', '2870820', '94287082', '28708x', '٢٨٧٠٨٢', '-87082', 'NaN'])
    expect(stepOf(wrong, 59)).toBeUndefined()
})

test('a seed is 160 fresh bits, and its address names issuer and person', () => {
  const fresh = newTotpSeed()
  const address = new URL(shown(totpUri(seed, 'nigina')))

  expect(hexOf(fresh)).toHaveLength(40)
  expect(hexOf(newTotpSeed())).not.toBe(hexOf(fresh))
  expect([address.protocol, address.host, decodeURIComponent(address.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Guvoh:nigina',
  ])
  expect(Object.fromEntries(address.searchParams)).toEqual({
    issuer: 'Guvoh',
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
