import { appendLeaf, chainHash, type Frontier, rootOf } from '../platform/crypto/merkle.ts'
import type { Reader } from '../platform/database/database.ts'
import { constraintOf } from '../platform/database/failure.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { trailDamaged } from './problems.ts'
import { findHead, listUnnumbered, lockHead, numberEvents, readLeaves, updateHead } from './repo.ts'

const BATCH = 500
const WAITING_MOST = 20_000
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
  const start = unpacked(await lockHead(act))
  let { size, chain_hash, frontier } = start
  const waiting = await listUnnumbered(act, WAITING_MOST)
  for (let from = 0; from < waiting.length; from += BATCH) {
    const numbered = waiting.slice(from, from + BATCH).map(({ id, leaf_hash }) => {
      size += 1
      chain_hash = chainHash(chain_hash, leaf_hash)
      frontier = appendLeaf(frontier, leaf_hash)
      return { id, seq: size, chain_hash }
    })
    await numberEvents(act, numbered).catch(damagedOr)
  }
  if (size > start.size) await updateHead(act, { size, chain_hash, frontier: packFrontier(frontier) })
  const rootHash = rootOf(frontier)
  return { size, root: rootHash.toString('hex'), rootHash }
}

/** A number that is to be given is taken: somebody else put a row there. */
function damagedOr(error: unknown): never {
  throw constraintOf(error) === 'audit_events_seq_key' ? new Problem(trailDamaged) : error
}

/** The head as of the last sequencing. */
export async function latestHead(db: Reader): Promise<Head> {
  const { size, frontier } = unpacked(await findHead(db))
  return { size, root: rootOf(frontier).toString('hex') }
}

/**
 * Whether today's trail still begins with what somebody saw of it earlier. The tree is made again from the texts of
 * its first `size` events, whatever the stored hashes say.
 */
export async function checkRemembered(db: Reader, remembered: Head): Promise<'consistent' | 'inconsistent'> {
  const head = await findHead(db)
  if (head === undefined || Number(head.size) < remembered.size) return 'inconsistent'
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

function unpacked(head: Awaited<ReturnType<typeof findHead>>) {
  const size = Number(head?.size)
  const heights = Array.from({ length: HEIGHT_MOST + 1 }, (_, depth) => HEIGHT_MOST - depth).filter(
    (height) => Math.floor(size / 2 ** height) % 2 === 1,
  )
  if (head?.frontier.length !== heights.length * HASH_BYTES) throw new Problem(trailDamaged)
  const hashAt = (index: number) => head.frontier.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES).toString('hex')
  const frontier: Frontier = heights.map((height, index) => ({ height, hash: hashAt(index) }))
  return { size, chain_hash: head.chain_hash, frontier }
}
