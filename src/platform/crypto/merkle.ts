import { createHash } from 'node:crypto'
import { sameBytes } from './code.ts'

const LEAF_PREFIX = Uint8Array.of(0)
const NODE_PREFIX = Uint8Array.of(1)
const CHAIN_PREFIX = Uint8Array.of(2)

/** The full subtrees of a log from left to right, hashes in hexadecimal: all that is needed to append. Plain JSON. */
export type Frontier = readonly { height: number; hash: string }[]

/** What a log was at one moment: how many leaves, and the root over them. */
type TreeHead = { size: number; root: Uint8Array }

/** SHA-256 of a leaf (RFC 6962, 2.1). */
export function leafHash(data: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(data).digest()
}

/** SHA-256 of two subtrees (RFC 6962, 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest()
}

/** What an event adds to the chain of those before it: SHA-256(0x02 ‖ chain hash before ‖ leaf hash), 32 zero bytes before the first. */
export function chainHash(before: Uint8Array, leaf: Uint8Array): Buffer {
  return createHash('sha256').update(CHAIN_PREFIX).update(before).update(leaf).digest()
}

/** The frontier with one leaf more. */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array): Frontier {
  const subtrees = [...frontier]
  let height = 0
  let hash: Buffer = Buffer.from(leaf)
  for (let last = subtrees.at(-1); last?.height === height; last = subtrees.at(-1)) {
    hash = nodeHash(fromHex(last.hash), hash)
    height += 1
    subtrees.pop()
  }
  return [...subtrees, { height, hash: hash.toString('hex') }]
}

/** The root over all leaves, 32 bytes; of an empty log, the hash of nothing. */
export function rootOf(frontier: Frontier): Buffer {
  const hashes = frontier.map(({ hash }) => fromHex(hash))
  const last = hashes.pop() ?? createHash('sha256').digest()
  return hashes.reduceRight((root, left) => nodeHash(left, root), last)
}

/** The hashes that show the first `size` leaves to be the beginning of these leaves (RFC 6962, 2.1.2). */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): Buffer[] {
  if (size < 0 || size > leaves.length) throw new RangeError('the older size is within the log')
  return size === 0 || size === leaves.length ? [] : subproof(leaves, size, true)
}

/** Whether the newer log only adds to the older one, by such a proof. Anything malformed is false. */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (![older.size, newer.size].every(isSize)) return false
  if (older.size === 0) return proof.length === 0
  if (older.size > newer.size) return false
  const roots = rootsFrom({ older: older.size, newer: newer.size }, proof, older.root)
  return roots !== undefined && sameBytes(roots.older, older.root) && sameBytes(roots.newer, newer.root)
}

/** The hashes beside the way from each wanted leaf up to the root, from the bottom (RFC 6962, 2.1.1), in the order asked for. */
export function inclusionProofs(leaves: readonly Uint8Array[], wanted: readonly number[]): Buffer[][] {
  if (wanted.some((index) => !isSize(index) || index >= leaves.length)) throw new RangeError('a leaf is within the log')
  const paths = wanted.map((index) => ({ index, path: new Array<Buffer>() }))
  if (paths.length > 0) hashNoting(leaves, { from: 0, size: leaves.length }, paths)
  return paths.map(({ path }) => path)
}

type Way = { readonly index: number; readonly path: Buffer[] }

/** The hash of a subtree; on the way each wanted leaf is told the hash of the half that it is not in. */
function hashNoting(
  leaves: readonly Uint8Array[],
  { from, size }: { from: number; size: number },
  ways: readonly Way[],
): Buffer {
  if (size === 1) return Buffer.from(leaves[from] ?? [])
  const split = splitOf(size)
  const isLeft = ({ index }: Way) => index < from + split
  const [inLeft, inRight] = [ways.filter(isLeft), ways.filter((way) => !isLeft(way))]
  const left = hashNoting(leaves, { from, size: split }, inLeft)
  const right = hashNoting(leaves, { from: from + split, size: size - split }, inRight)
  for (const { path } of inLeft) path.push(right)
  for (const { path } of inRight) path.push(left)
  return nodeHash(left, right)
}

type Roots = { older: Uint8Array; newer: Uint8Array }

/** Both roots as the proof has them, read from its end, the top of the tree. `known`: see `whole` below. */
function rootsFrom(
  size: { older: number; newer: number },
  proof: readonly Uint8Array[],
  known?: Uint8Array,
): Roots | undefined {
  if (size.older === size.newer) return sharedRoots(known === undefined ? proof : [known, ...proof])
  const rest = proof.slice(0, -1)
  const last = proof.at(-1)
  if (last === undefined) return undefined
  const split = splitOf(size.newer)
  if (size.older <= split) {
    const left = rootsFrom({ older: size.older, newer: split }, rest, known)
    return left && { older: left.older, newer: nodeHash(left.newer, last) }
  }
  const right = rootsFrom({ older: size.older - split, newer: size.newer - split }, rest)
  return right && { older: nodeHash(last, right.older), newer: nodeHash(last, right.newer) }
}

/** Of a subtree that both logs have whole, one hash is all there is. */
function sharedRoots([root, ...more]: readonly Uint8Array[]): Roots | undefined {
  return root !== undefined && more.length === 0 ? { older: root, newer: root } : undefined
}

/** `whole` says that these leaves are a subtree which the older log had complete, so that its reader knows the hash. */
function subproof(leaves: readonly Uint8Array[], size: number, whole: boolean): Buffer[] {
  if (size === leaves.length) return whole ? [] : [treeHash(leaves)]
  const split = splitOf(leaves.length)
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  if (size <= split) return [...subproof(left, size, whole), treeHash(right)]
  return [...subproof(right, size - split, false), treeHash(left)]
}

function treeHash(leaves: readonly Uint8Array[]): Buffer {
  return rootOf(leaves.reduce<Frontier>(appendLeaf, []))
}

/** The largest power of two below the size. */
function splitOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1))
}

function isSize(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0
}

function fromHex(hash: string): Buffer {
  return Buffer.from(hash, 'hex')
}
