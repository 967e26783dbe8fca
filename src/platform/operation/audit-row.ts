import { sql } from 'kysely'
import type { Action, Actor } from '../access/roles.ts'
import { leafHash } from '../crypto/merkle.ts'
import type { Writer } from '../database/database.ts'
import { WITH_COMMIT } from '../database/one-breath.ts'
import type { Id } from '../kernel/ids.ts'

/** What one act was about: the row, and the hash of the ciphertext it wrote there, if it wrote any. */
export type Subject = { readonly table: string; readonly id: string; readonly ciphertext_sha256?: string }

/** How an attempt ended. Only what is `done` changed anything. */
export type Outcome = 'done' | 'denied' | 'failed'

/** What is written down of one attempt. Ids, actions and hashes only: the trail names nobody. */
export type Trace = {
  readonly id: Id<'audit_events'>
  readonly action: Action
  readonly actor: Actor
  readonly outcome: Outcome
  readonly subjects: readonly Subject[]
  /** Sealed columns that were opened, `table.column`, with the rows. */
  readonly opened: ReadonlyMap<string, readonly string[]>
}

/** An audit row, ready to insert: `body` is the exact text under `leaf_hash` (RFC 6962 leaf hash). */
export type AuditRow = { readonly id: Id<'audit_events'>; readonly body: string; readonly leaf_hash: Buffer }

/** The row for `trace`, as of `at`. */
export function auditRowOf({ id, action, actor, outcome, subjects, opened }: Trace, at: Date): AuditRow {
  const body = JSON.stringify({
    id,
    at: at.toISOString(),
    action,
    outcome,
    actor_id: actor.id,
    organisation_id: actor.organisationId,
    subjects,
    opened: Object.fromEntries(opened),
  })
  return { id, body, leaf_hash: leafHash(Buffer.from(body)) }
}

/**
 * Inserts the rows, with the commit: nothing comes after them. The sequencer gives them numbers afterwards, so that acts
 * never wait for one another.
 */
export async function insertAuditRows(db: Writer, rows: readonly AuditRow[]): Promise<void> {
  await sql`${sql.raw(WITH_COMMIT)} insert into audit_events (id, body, leaf_hash)
    select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ body }) => body)}::text[],
                         ${rows.map(({ leaf_hash }) => leaf_hash)}::bytea[])`.execute(db)
}
