import { sign, type SigningKey } from '../platform/crypto/signing.ts'
import { decodeCursor, encodeCursor, type PageQuery } from '../platform/database/page.ts'
import { invalidRequest, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { type CheckpointRow, findCheckpoint, insertCheckpoint, listCheckpoints, listEvents } from './repo.ts'
import {
  AuditEvent,
  type Checkpoint,
  CheckpointCursor,
  type CheckpointPage,
  TrailCursor,
  type TrailItem,
  type TrailPage,
  type TrailQuery,
} from './schema.ts'
import { sequenceEvents } from './service.ts'

/** The key of the installation, which signs what the trail was at a moment. */
export type AuditParts = { readonly signer: SigningKey }

/**
 * A page of the trail. The first page fixes how far the reading goes, so that it ends although each page is itself an
 * event. A reader sees the texts of the own organisation; administrators also those that belong to no organisation
 * (failed sign-ins, jobs). Of all others the hashes stand there, so that everybody can verify the whole.
 */
export function readTrail(op: Op<'audit.read'>, { signer }: AuditParts, query: TrailQuery): Promise<TrailPage> {
  return op.act(async (act) => {
    const cursor = decodeCursor(TrailCursor, query.after)
    const checkpoint = cursor === undefined ? await makeCheckpoint(act, { signer }) : await checkpointOf(act, cursor[1])
    act.concerns('audit_checkpoints', String(checkpoint.size))
    const readable = {
      organisationId: act.actor.organisationId,
      withUnowned: act.actor.roles.includes('administrator'),
    }
    const range = { after: cursor?.[0] ?? 0, until: checkpoint.size, limit: query.limit + 1 }
    const rows = await listEvents(act.db, { ...range, readable, isOwn: query.own === 'true' })
    const items = rows.slice(0, query.limit).map(asItem)
    const last = rows.length > query.limit ? items.at(-1) : undefined
    return { items, next: last ? encodeCursor([last.seq, checkpoint.size]) : null, checkpoint, key: keyOf(signer) }
  })
}

/** Signs what the trail is now. Nothing new since the last time: the same checkpoint again. */
export async function makeCheckpoint(act: Act, { signer }: AuditParts): Promise<Checkpoint> {
  const { size, root, rootHash } = await sequenceEvents(act)
  const found = await findCheckpoint(act.db, size)
  if (found !== undefined) return asCheckpoint(found)
  const made_at = act.services.now()
  const signature = sign(signer, 'checkpoint1', size, root, made_at.toISOString())
  const row = { size: String(size), root: rootHash, made_at, signature }
  await insertCheckpoint(act, row)
  return asCheckpoint(row)
}

export function requestCheckpoint(op: Op<'audit.checkpoint'>, parts: AuditParts): Promise<Checkpoint> {
  return op.act(async (act) => {
    const checkpoint = await makeCheckpoint(act, parts)
    act.concerns('audit_checkpoints', String(checkpoint.size))
    return checkpoint
  })
}

/** All checkpoints there are, newest first. They hold hashes only, so looking at them is not an event. */
export async function readCheckpoints(
  op: Op<'audit.read'>,
  { signer }: AuditParts,
  query: PageQuery,
): Promise<CheckpointPage> {
  const before = decodeCursor(CheckpointCursor, query.after)?.[0] ?? Number.MAX_SAFE_INTEGER
  const rows = await op.read((db) => listCheckpoints(db, { before, limit: query.limit + 1 }))
  const items = rows.slice(0, query.limit).map(asCheckpoint)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  return { items, next: last ? encodeCursor([last.size]) : null, key: keyOf(signer) }
}

async function checkpointOf(act: Act, size: number): Promise<Checkpoint> {
  const found = await findCheckpoint(act.db, size)
  if (found !== undefined) return asCheckpoint(found)
  throw new Problem(invalidRequest, { errors: [{ pointer: '#/after', detail: 'is not a cursor of this list' }] })
}

const keyOf = (signer: SigningKey): string => Buffer.from(signer.publicKey).toString('hex')

function asCheckpoint({ size, root, made_at, signature }: CheckpointRow): Checkpoint {
  return {
    size: Number(size),
    root: root.toString('hex'),
    made_at: made_at.toISOString(),
    signature: signature.toString('hex'),
  }
}

type EventRow = Awaited<ReturnType<typeof listEvents>>[number]

/** A text that somebody changed in the database may say anything: it is shown, and `event` is null. */
function asItem({ seq, leaf_hash, chain_hash, body }: EventRow): TrailItem {
  const event = body === null ? null : (AuditEvent.safeParse(JSON.parse(body)).data ?? null)
  return {
    seq: Number(seq),
    leaf_hash: leaf_hash.toString('hex'),
    chain_hash: chain_hash?.toString('hex') ?? '',
    event,
    body,
  }
}
