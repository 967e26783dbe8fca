import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SealBroken } from '../../../src/platform/crypto/box.ts'
import { joinShares, splitForOfficers } from '../../../src/platform/crypto/split.ts'
import { bytes, flipped, hexOf, hidden, shown } from './support.ts'

const officers = ['amina', 'bakhtiyor', 'cholpon', 'daniyar', 'elmira']

test('every subset of k officers restores the secret, in any order', () => {
  fc.assert(
    fc.property(bytes(0, 600), fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 3 }), (secret, n, less) => {
      const k = Math.max(2, n - less)

      const splits = splitForOfficers(hidden(secret), officers.slice(0, n), k)

      expect(new Set(splits.map(({ subset }) => subset.join())).size).toBe(choose(n, k))
      for (const { subset, shares } of splits) {
        expect([...shares.keys()].sort()).toEqual([...subset].sort())
        expect(hexOf(joinShares([...shares.values()]))).toBe(hexOf(secret))
        expect(hexOf(joinShares([...shares.values()].reverse()))).toBe(hexOf(secret))
      }
    }),
    { numRuns: 40 },
  )
})

test('fewer shares than all, or shares of different subsets, restore nothing', () => {
  const [one, two] = splitForOfficers(hidden(Buffer.alloc(508, 65)), officers, 3)
  const first = [...(one?.shares.values() ?? [])]
  const second = [...(two?.shares.values() ?? [])]

  for (const left of first.keys()) expect(() => joinShares(first.filter((_, at) => at !== left))).toThrow(SealBroken)
  expect(() => joinShares([...first.slice(0, 2), ...second.slice(2)])).toThrow(SealBroken)
  expect(() => joinShares([])).toThrow(SealBroken)
})

test('fewer shares than all are independent of the secret: each bit of them is as often one as zero', () => {
  const rounds = 400
  const ones = new Map<string, number>()
  for (let round = 0; round < rounds; round += 1)
    for (const { subset, shares } of splitForOfficers(hidden(Buffer.alloc(4, 255)), officers.slice(0, 3), 3))
      for (const left of subset) {
        const others = subset.filter((officer) => officer !== left).map((officer) => shares.get(officer))
        const sum = others.map((share) => (share === undefined ? 0 : Buffer.from(shown(share)).readUInt32BE(0)))
        for (let bit = 0; bit < 32; bit += 1) {
          const parity = sum.reduce((all, word) => all ^ ((word >>> bit) & 1), 0)
          ones.set(`${left} ${bit}`, (ones.get(`${left} ${bit}`) ?? 0) + parity)
        }
      }

  // 200 of 400 with a standard deviation of 10.
  expect(ones.size).toBe(96)
  for (const count of ones.values()) expect(Math.abs(count - rounds / 2)).toBeLessThan(65)
})

test('a share with any one bit changed is noticed', () => {
  const shares = [...(splitForOfficers(hidden(Buffer.alloc(8, 1)), officers, 2)[0]?.shares.values() ?? [])]
  const [first = hidden(Buffer.of()), second = hidden(Buffer.of())] = shares

  for (let bit = 0; bit < 40 * 8; bit += 1)
    expect(() => joinShares([hidden(flipped(shown(first), bit)), second])).toThrow(SealBroken)
  expect(() => joinShares([hidden(shown(first).subarray(1)), second])).toThrow(SealBroken)
})

test.each([
  ['one officer alone', officers, 1],
  ['more than there are', officers, 6],
  ['the same officer twice', ['amina', 'amina', 'cholpon'], 2],
  ['thirteen officers', Array.from({ length: 13 }, (_, at) => `officer-${at}`), 2],
])('%s: refused', (_, among, k) => {
  expect(() => splitForOfficers(hidden(Buffer.alloc(8)), among, k)).toThrow(RangeError)
})

function choose(n: number, k: number): number {
  return k === 0 || k === n ? 1 : choose(n - 1, k - 1) + choose(n - 1, k)
}
