import { PageQuery } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { trailDamaged } from './problems.ts'
import { Checkpoint, CheckpointPage, TrailPage, TrailQuery } from './schema.ts'
import { type AuditParts, readCheckpoints, readTrail, requestCheckpoint } from './read-trail.ts'

const key = '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29'

const checkpoint = {
  size: 1,
  root: '1f4e7e1e0c2a58dfc1b9c4a3e5b0d0f6a3c1d2b7e8f90a1b2c3d4e5f60718293',
  made_at: '2026-03-02T09:30:00.000Z',
  signature: 'a1b2c3d4e5f60718'.repeat(8),
}

const event = {
  id: '7c1d9a52-9f0e-4b7b-8a53-2f6d1c0e4b9a',
  at: '2026-03-02T09:29:41.206Z',
  action: 'incident.submit',
  outcome: 'done',
  actor_id: '0d5a6c1e-3f86-4a27-b1a7-5e2f8c7d9b10',
  organisation_id: '4e8b2f90-6c3d-4d15-9a7e-1b0c5d8e2f63',
  subjects: [
    { table: 'incidents', id: 'b2f7c8d4-5a19-4e60-8c3b-9d1e6f0a7254', ciphertext_sha256: 'c0ffee5a'.repeat(8) },
  ],
  opened: {},
}

const item = {
  seq: 1,
  leaf_hash: '9d2e4f60718293a4'.repeat(4),
  chain_hash: '5b6c7d8e9fa0b1c2'.repeat(4),
  event,
  body: JSON.stringify(event),
}

/** The audit trail: read it whole, take it away, and prove elsewhere that nothing in it was changed. */
export const auditRoutes = (parts: AuditParts): Route[] => [
  route({
    method: 'GET',
    url: '/audit',
    action: 'audit.read',
    summary:
      'Read the audit trail; other organisations stand in it as hashes only. The pages in order, one a line, are what verify-audit reads',
    query: TrailQuery,
    status: 200,
    reply: TrailPage,
    examples: { reply: { items: [item], next: null, checkpoint, key } },
    problems: [trailDamaged],
    handle: (op, { query }) => readTrail(op, parts, query),
  }),
  route({
    method: 'GET',
    url: '/audit/checkpoints',
    action: 'audit.read',
    summary: 'List the signed checkpoints of the audit trail, newest first',
    query: PageQuery,
    status: 200,
    reply: CheckpointPage,
    examples: { reply: { items: [checkpoint], next: null, key } },
    handle: (op, { query }) => readCheckpoints(op, parts, query),
  }),
  route({
    method: 'POST',
    url: '/audit/checkpoints',
    action: 'audit.checkpoint',
    summary: 'Sign what the audit trail is now, to print it or to leave it with a partner',
    creates: true,
    status: 201,
    reply: Checkpoint,
    examples: { reply: checkpoint },
    problems: [trailDamaged],
    handle: (op) => requestCheckpoint(op, parts),
  }),
]
