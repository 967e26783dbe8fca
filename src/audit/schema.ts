import { z } from 'zod'
import { PageQuery } from '../platform/database/page.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

export const TrailQuery = z.strictObject({
  ...PageQuery.shape,
  own: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Only the events whose text you may read. Such a list has gaps and cannot be verified' }),
})
export type TrailQuery = z.output<typeof TrailQuery>

/** The last number on the page before, and the size of the tree when the first page was read. */
export const TrailCursor = z.tuple([z.int().min(0), z.int().min(0)])

/** Loose: the text may say more than this, and `event` must say all that the text says. */
export const AuditEvent = z.looseObject({
  id: z.uuid(),
  at: z.iso.datetime(),
  action: z.string(),
  outcome: z.enum(['done', 'denied', 'failed']),
  actor_id: z.uuid(),
  organisation_id: z.uuid().nullable(),
  subjects: z.array(z.looseObject({ table: z.string(), id: z.string(), ciphertext_sha256: z.string().optional() })),
  opened: z
    .record(z.string(), z.array(z.string()))
    .meta({ description: 'Sealed columns that were opened, with the rows' }),
})
export type AuditEvent = z.output<typeof AuditEvent>

const TrailItem = z.object({
  seq: z.int().positive(),
  leaf_hash: digest.meta({ description: 'SHA-256(0x00 ‖ body), the RFC 6962 leaf hash' }),
  chain_hash: digest.meta({
    description: 'SHA-256(0x02 ‖ chain_hash of the item before ‖ leaf_hash); before the first stand 32 zero bytes',
  }),
  event: AuditEvent.nullable().meta({ description: 'What the body says; null when the body is not shown' }),
  body: z
    .string()
    .nullable()
    .meta({ description: 'The exact text under leaf_hash; null when it is not yours to read' }),
})
export type TrailItem = z.output<typeof TrailItem>

export const Checkpoint = z.object({
  size: z.int().min(0).meta({ description: 'How many events there were' }),
  root: digest.meta({ description: 'The RFC 6962 root over their leaf hashes' }),
  made_at: z.iso.datetime(),
  signature: z
    .string()
    .regex(/^[0-9a-f]{128}$/)
    .meta({
      description:
        'Ed25519 over "checkpoint1", size, root and made_at as UTF-8 texts, each after its length in bytes (32 bits, big-endian)',
    }),
})
export type Checkpoint = z.output<typeof Checkpoint>

const key = digest.meta({ description: 'The public key of this installation, Ed25519, 32 bytes' })

export const TrailPage = z.object({
  items: z.array(TrailItem),
  next: z.string().nullable(),
  checkpoint: Checkpoint.meta({ description: 'What all the pages of one reading are read up to' }),
  key,
})
export type TrailPage = z.output<typeof TrailPage>

export const CheckpointPage = z.object({ items: z.array(Checkpoint), next: z.string().nullable(), key })
export type CheckpointPage = z.output<typeof CheckpointPage>

export const CheckpointCursor = z.tuple([z.int().min(0)])

/** Events of the trail, each with the hashes beside its way up to the root of the checkpoint (RFC 6962, 2.1.1). */
export type EventProof = {
  readonly checkpoint: Checkpoint
  readonly key: string
  readonly events: readonly { readonly seq: number; readonly body: string; readonly path: readonly string[] }[]
}
