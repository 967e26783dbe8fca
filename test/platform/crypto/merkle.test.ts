import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  appendLeaf,
  consistencyProof,
  type Frontier,
  inclusionProofs,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
} from '../../../src/platform/crypto/merkle.ts'
import { treeHash } from './independent-reader.ts'
import { bytes, flipped } from './support.ts'

const LEAVES_MAX = 40
const leaves = Array.from({ length: LEAVES_MAX }, (_, at) => leafHash(Buffer.from(`row ${at}`)))
const roots = Array.from({ length: LEAVES_MAX + 1 }, (_, size) => treeHash(leaves.slice(0, size)))
const head = (size: number) => ({ size, root: roots[size] ?? Buffer.of() })
const pairs = roots.flatMap((_, newer) => Array.from({ length: newer + 1 }, (__, older) => ({ older, newer })))

test('leaf and node hashes have the prefixes of RFC 6962', () => {
  const [a, b] = [leafHash(Buffer.from('a')), leafHash(Buffer.of())]

  expect(b.toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  expect(a).toEqual(createHash('sha256').update('\0a').digest())
  expect(nodeHash(a, b)).toEqual(
    createHash('sha256')
      .update(Buffer.concat([Buffer.of(1), a, b]))
      .digest(),
  )
})

test('the frontier keeps up with a tree built anew, for 0 to 40 leaves, and survives JSON', () => {
  let frontier: Frontier = []
  for (const [size, leaf] of leaves.entries()) {
    expect(rootOf(frontier)).toEqual(roots[size])
    frontier = appendLeaf(JSON.parse(JSON.stringify(frontier)), leaf)
  }

  expect(rootOf(frontier)).toEqual(roots[LEAVES_MAX])
  expect(frontier.map(({ height }) => height)).toEqual([5, 3])
})

test('each size is consistent with each later one', () => {
  for (const { older, newer } of pairs) {
    const proof = consistencyProof(leaves.slice(0, newer), older)

    expect(verifyConsistency(head(older), head(newer), proof)).toBe(true)
    expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(newer + 1)) + 1)
  }
})

test('no size passes for another, neither older nor newer', () => {
  for (const { older, newer } of pairs.filter((pair) => pair.older > 0 && pair.older < pair.newer)) {
    const proof = consistencyProof(leaves.slice(0, newer), older)
    for (const by of [-1, 1]) {
      expect(verifyConsistency({ ...head(older), root: roots[older + by] ?? Buffer.of() }, head(newer), proof)).toBe(
        false,
      )
      expect(verifyConsistency(head(older), { ...head(newer), root: roots[newer - 1] ?? Buffer.of() }, proof)).toBe(
        false,
      )
    }
  }
})

test('a log with one row rewritten, dropped or moved is not consistent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (newer, a, b) => {
      const older = 1 + (a % (newer - 1))
      const at = b % older
      const rewritten = leaves.slice(0, newer).with(at, leafHash(Buffer.from('rewritten')))
      const dropped = leaves.slice(0, newer + 1).toSpliced(at, 1)

      for (const forged of [rewritten, dropped].filter(({ length }) => length >= older)) {
        const newest = { size: forged.length, root: treeHash(forged) }
        expect(verifyConsistency(head(older), newest, consistencyProof(forged, older))).toBe(false)
      }
    }),
  )
})

test('a proof with a bit changed, a hash more or a hash less is no proof', () => {
  for (const { older, newer } of pairs.filter((pair) => pair.older > 0 && pair.older < pair.newer)) {
    const proof = consistencyProof(leaves.slice(0, newer), older)
    const wrong = [
      [...proof, Buffer.alloc(32)],
      [Buffer.alloc(32), ...proof],
      proof.slice(1),
      proof.slice(0, -1),
      ...proof.map((hash, at) => proof.with(at, flipped(hash, 7 * at))),
    ]
    for (const forged of wrong) expect(verifyConsistency(head(older), head(newer), forged)).toBe(false)
  }
})

test('malformed heads and proofs are false, never an error', () => {
  const size = fc.oneof(fc.integer({ min: -3, max: 50 }), fc.double())
  const anyHead = fc.record({ size, root: bytes(0, 40) })

  fc.assert(
    fc.property(anyHead, anyHead, fc.array(bytes(0, 40), { maxLength: 8 }), (older, newer, proof) => {
      const trivial = older.size === 0 || older.size === newer.size
      expect(verifyConsistency(older, newer, proof) && !trivial).toBe(false)
    }),
  )
  expect(verifyConsistency(head(40), head(39), [])).toBe(false)
  expect(verifyConsistency(head(3), head(3), [])).toBe(true)
  expect(verifyConsistency(head(3), { size: 3, root: Buffer.alloc(32) }, [])).toBe(false)
  expect(verifyConsistency(head(0), head(3), leaves.slice(0, 1))).toBe(false)
  for (const wrong of [1.5, -1, Infinity, 2 ** 53])
    expect(verifyConsistency({ ...head(3), size: wrong }, { ...head(3), size: wrong }, [])).toBe(false)
  expect(() => consistencyProof(leaves, 41)).toThrow(RangeError)
  expect(() => consistencyProof(leaves, -1)).toThrow(RangeError)
})

/** The root above a leaf: at each height the sibling is on the side that the index says, unless the subtree has none. */
function rootAbove(leaf: Buffer, { index, size }: { index: number; size: number }, path: readonly Buffer[]): Buffer {
  if (size === 1) return leaf
  const split = 2 ** Math.floor(Math.log2(size - 1))
  const beside = path.at(-1) ?? Buffer.of()
  const rest = path.slice(0, -1)
  if (index < split) return nodeHash(rootAbove(leaf, { index, size: split }, rest), beside)
  return nodeHash(beside, rootAbove(leaf, { index: index - split, size: size - split }, rest))
}

test('each leaf of each log of 1 to 40 leaves is proved to stand there, and nowhere else', () => {
  for (let size = 1; size <= LEAVES_MAX; size += 1) {
    const log = leaves.slice(0, size)
    const paths = inclusionProofs(log, [...log.keys()])
    for (const [index, path] of paths.entries()) {
      const [leaf = Buffer.of(), other = Buffer.of()] = [log[index], leaves[index + 1]]
      expect(rootAbove(leaf, { index, size }, path)).toEqual(roots[size])
      expect(rootAbove(other, { index, size }, path)).not.toEqual(roots[size])
    }
  }
  expect(() => inclusionProofs(leaves, [LEAVES_MAX])).toThrow(RangeError)
  expect(inclusionProofs([], [])).toEqual([])
})
