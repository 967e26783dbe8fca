import { createHash, randomBytes } from 'node:crypto'
import { SealBroken } from './box.ts'
import { sameBytes } from './code.ts'
import { Secret } from './secret.ts'

const OFFICERS_MAX = 12
const DIGEST_BYTES = 32

/** One way to restore a secret: a share for each of these officers, all of which are needed. */
type OfficerSplit = { subset: string[]; shares: Map<string, Secret<Uint8Array>> }

/**
 * Splits a secret afresh for every `k` of the officers, so that any `k` restore it and fewer learn only its length.
 * RangeError unless 2 ≤ k ≤ officers ≤ 12, all different.
 */
export function splitForOfficers(secret: Secret<Uint8Array>, officers: readonly string[], k: number): OfficerSplit[] {
  if (k < 2 || k > officers.length) throw new RangeError('between two and all officers are needed to restore')
  if (officers.length > OFFICERS_MAX) throw new RangeError('at most 12 recovery officers')
  if (new Set(officers).size !== officers.length) throw new RangeError('each officer once')
  return subsetsOf(officers, k).map((subset) => ({ subset, shares: splitAmong(subset, withDigest(secret.expose())) }))
}

/** The secret from all the shares of one subset. SealBroken when they are not all of one split, or one was changed. */
export function joinShares(shares: readonly Secret<Uint8Array>[]): Secret<Uint8Array> {
  const [first, ...others] = shares.map((share) => share.expose())
  if (first === undefined || others.some(({ length }) => length !== first.length)) throw new SealBroken()
  const joined = others.reduce(xor, first)
  const text = joined.subarray(0, -DIGEST_BYTES)
  if (!sameBytes(digestOf(text), joined.subarray(-DIGEST_BYTES))) throw new SealBroken()
  return new Secret(Uint8Array.from(text))
}

function splitAmong(subset: readonly string[], bytes: Uint8Array): Map<string, Secret<Uint8Array>> {
  const [first = '', ...others] = subset
  const pads = new Map(others.map((officer) => [officer, new Secret<Uint8Array>(randomBytes(bytes.length))]))
  const rest = [...pads.values()].reduce((left, pad) => xor(left, pad.expose()), bytes)
  return pads.set(first, new Secret(rest))
}

function subsetsOf(officers: readonly string[], k: number): string[][] {
  if (k === 0) return [[]]
  return officers.flatMap((first, index) =>
    subsetsOf(officers.slice(index + 1), k - 1).map((others) => [first, ...others]),
  )
}

/** A digest travels inside, so that a wrong or changed share is noticed and not taken for a key. */
function withDigest(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, digestOf(bytes)])
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, index) => byte ^ (b[index] ?? 0))
}
