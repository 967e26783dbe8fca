import { homeOf } from '../platform/access/home.ts'
import { inclusionProofs } from '../platform/crypto/merkle.ts'
import type { Act } from '../platform/operation/op.ts'
import { type AuditParts, makeCheckpoint } from './read-trail.ts'
import { listEventsAbout, readLeaves } from './repo.ts'
import type { EventProof } from './schema.ts'

const EVENTS_MOST = 20_000
const HASH_BYTES = 32

/**
 * What the trail says of one record up to now, with what shows that it stands there: for each event the hashes beside
 * its way up to the root of a signed checkpoint (RFC 6962, 2.1.1). At most 20,000 events, the oldest first.
 */
export async function proveEvents(act: Act, parts: AuditParts, id: string): Promise<EventProof> {
  const checkpoint = await makeCheckpoint(act, parts)
  const organisation_id = homeOf(act.actor)
  const found = await listEventsAbout(act.db, { organisation_id, id, until: checkpoint.size, limit: EVENTS_MOST })
  const { hashes } = await readLeaves(act.db, 0, checkpoint.size)
  const leaves = Array.from({ length: checkpoint.size }, (_, at) => leafAt(hashes, at))
  const paths = inclusionProofs(
    leaves,
    found.map(({ seq }) => Number(seq) - 1),
  )
  return {
    checkpoint,
    key: Buffer.from(parts.signer.publicKey).toString('hex'),
    events: found.map(({ seq, body }, at) => ({
      seq: Number(seq),
      body,
      path: (paths[at] ?? []).map((hash) => hash.toString('hex')),
    })),
  }
}

const leafAt = (hashes: Buffer | null, at: number): Buffer =>
  (hashes ?? Buffer.alloc(0)).subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)
