import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

/** The next numbers go to one act at a time: whoever holds this row. */
export function lockHead(act: Act) {
  return headQuery(act.db).forUpdate().executeTakeFirst()
}

export function findHead(db: Reader) {
  return headQuery(db).executeTakeFirst()
}

const headQuery = (db: Reader) => db.selectFrom('audit_heads').select(['size', 'chain_hash', 'frontier'])

/** Events that have no number yet, oldest first. */
export function listUnnumbered(act: Act, most: number) {
  return act.db
    .selectFrom('audit_events')
    .select(['id', 'leaf_hash'])
    .where('seq', 'is', null)
    .orderBy(sql`body::jsonb ->> 'at' collate "C"`)
    .orderBy('id')
    .limit(most)
    .execute()
}

type Numbered = { readonly id: string; readonly seq: number; readonly chain_hash: Buffer }

export async function numberEvents(act: Act, events: readonly Numbered[]): Promise<void> {
  const column = <C extends keyof Numbered>(name: C) => events.map((event) => event[name])
  await sql`
    update audit_events e set seq = n.seq, chain_hash = n.chain_hash
      from unnest(${column('id')}::uuid[], ${column('seq')}::bigint[], ${column('chain_hash')}::bytea[])
        as n (id, seq, chain_hash)
     where e.id = n.id`.execute(act.db)
}

export async function updateHead(
  act: Act,
  head: { size: number; chain_hash: Buffer; frontier: Buffer },
): Promise<void> {
  const { size, ...hashes } = head
  await act.db
    .updateTable('audit_heads')
    .set({ size: String(size), ...hashes })
    .execute()
}

type Page = { after: number; until: number; limit: number; readable: Readable; isOwn: boolean }

/** Whose texts somebody may read: those of one organisation, and perhaps those that belong to none. */
export type Readable = { organisationId: string | null; withUnowned: boolean }

/** Events in the order of their numbers; `body` is null where it is not the reader's to read. */
export function listEvents(db: Reader, { after, until, limit, readable, isOwn }: Page) {
  const mayRead = sql<boolean>`(organisation_id = ${readable.organisationId}::uuid
    or (organisation_id is null and ${readable.withUnowned}))`
  return db
    .selectFrom('audit_events')
    .select(['seq', 'leaf_hash', 'chain_hash', sql<string | null>`case when ${mayRead} then body end`.as('body')])
    .where('seq', '>', String(after))
    .where('seq', '<=', String(until))
    .$if(isOwn, (query) => query.where(mayRead))
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The events of an organisation in which an id stands, among those with a number up to `until`, oldest first. */
export function listEventsAbout(
  db: Reader,
  { organisation_id, id, until, limit }: { organisation_id: string; id: string; until: number; limit: number },
) {
  return db
    .selectFrom('audit_events')
    .select(['seq', 'body'])
    .where('organisation_id', '=', sql<Id<'organisations'>>`${organisation_id}::uuid`)
    .where('seq', '<=', String(until))
    .where(sql<boolean>`position(${id} in body) > 0`)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/**
 * The leaf hashes of the numbers after `after` up to `until`, end to end, and how many there are. They are computed
 * from the texts, so that a text that was changed shows as much as a hash that was changed.
 */
export function readLeaves(db: Reader, after: number, until: number) {
  return db
    .selectFrom('audit_events')
    .select([
      sql<string>`count(*)`.as('count'),
      sql<Buffer | null>`string_agg(sha256('\\x00'::bytea || convert_to(body, 'UTF8')), ''::bytea order by seq)`.as(
        'hashes',
      ),
    ])
    .where('seq', '>', String(after))
    .where('seq', '<=', String(until))
    .executeTakeFirstOrThrow()
}

const checkpoints = (db: Reader) => db.selectFrom('audit_checkpoints').select(['size', 'root', 'made_at', 'signature'])

export function findCheckpoint(db: Reader, size: number) {
  return checkpoints(db).where('size', '=', String(size)).executeTakeFirst()
}

/** Newest first. */
export function listCheckpoints(db: Reader, { before, limit }: { before: number; limit: number }) {
  return checkpoints(db).where('size', '<', String(before)).orderBy('size', 'desc').limit(limit).execute()
}

export type CheckpointRow = NonNullable<Awaited<ReturnType<typeof findCheckpoint>>>

export async function insertCheckpoint(act: Act, checkpoint: CheckpointRow): Promise<void> {
  await act.db.insertInto('audit_checkpoints').values(checkpoint).execute()
}
