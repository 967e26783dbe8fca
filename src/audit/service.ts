import { appendLeaf, type Frontier, rootOf } from '../platform/crypto/merkle.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Act } from '../platform/operation/op.ts'
import { findHead, lockHead, numberEvents, readLeaves, updateHead } from './repo.ts'

const BATCH = 500
const BATCHES_MOST = 40
const BLOCK = 8_192
const HASH_BYTES = 32
const HEIGHT_MOST = 52

/** A moment of the trail: how many events, and the root over them in hexadecimal. */
export type Head = { size: number; root: string }

/**
 * Gives numbers to the events that have none, up to 20,000 at a time, and answers with the head. Acts write their
 * events without a number, so that they never wait for one another; only this waits, and only for itself.
 */
export async function sequenceEvents(act: Act): Promise<Head & { rootHash: Buffer }> {
  const locked = await lockHead(act)
  const start = Number(locked.size)
  let { chain_hash } = locked
  let size = start
  let frontier = unpackFrontier(start, locked.frontier)
  for (let batch = 0; batch < BATCHES_MOST; batch += 1) {
    const events = await numberEvents(act, { ...locked, size: String(size), chain_hash }, BATCH)
    frontier = events.reduce((subtrees, { leaf_hash }) => appendLeaf(subtrees, leaf_hash), frontier)
    size += events.length
    chain_hash = events.at(-1)?.chain_hash ?? chain_hash
    if (events.length < BATCH) break
  }
  if (size > start) await updateHead(act, { size, chain_hash, frontier: packFrontier(frontier) })
  const rootHash = rootOf(frontier)
  return { size, root: rootHash.toString('hex'), rootHash }
}

/** The head as of the last sequencing. */
export async function latestHead(db: Reader): Promise<Head> {
  const { size, frontier } = await findHead(db)
  return { size: Number(size), root: rootOf(unpackFrontier(Number(size), frontier)).toString('hex') }
}

/**
 * Whether today's trail still begins with what somebody saw of it earlier. The tree is made again from the texts of
 * its first `size` events, whatever the stored hashes say.
 */
export async function checkRemembered(db: Reader, remembered: Head): Promise<'consistent' | 'inconsistent'> {
  let frontier: Frontier = []
  for (let after = 0; after < remembered.size; after += BLOCK) {
    const until = Math.min(after + BLOCK, remembered.size)
    const { count, hashes } = await readLeaves(db, after, until)
    if (hashes === null || Number(count) !== until - after) return 'inconsistent'
    for (let at = 0; at < hashes.length; at += HASH_BYTES)
      frontier = appendLeaf(frontier, hashes.subarray(at, at + HASH_BYTES))
  }
  return rootOf(frontier).toString('hex') === remembered.root ? 'consistent' : 'inconsistent'
}

/** Only the hashes are stored: the heights are the binary digits of the size. */
const packFrontier = (frontier: Frontier): Buffer => Buffer.from(frontier.map(({ hash }) => hash).join(''), 'hex')

function unpackFrontier(size: number, hashes: Buffer): Frontier {
  const heights = Array.from({ length: HEIGHT_MOST + 1 }, (_, depth) => HEIGHT_MOST - depth).filter(
    (height) => Math.floor(size / 2 ** height) % 2 === 1,
  )
  if (hashes.length !== heights.length * HASH_BYTES)
    throw new Error('the head of the audit trail does not fit its size')
  return heights.map((height, index) => ({
    height,
    hash: hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES).toString('hex'),
  }))
}
