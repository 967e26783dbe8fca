import { type Insertable, sql } from 'kysely'
import type { Place } from '../platform/crypto/place.ts'
import type { Database } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

const IDLE = sql<Date>`now() - interval '30 minutes'`
/** A phone that repeats a refresh on a bad line is not a thief: within this time it is refused, and no more. */
const REUSE_LENIENCE = sql<Date>`now() - interval '10 seconds'`

export const sessionPlace = (session: { id: string; organisation_id: string }): Place => ({
  organisation: session.organisation_id,
  table: 'sessions',
  row: session.id,
  column: 'secret',
})

export async function insertSession(act: Act, session: Insertable<Tables['sessions']>): Promise<void> {
  await act.db.insertInto('sessions').values(session).execute()
  act.concerns('sessions', session.id)
}

export async function insertRefreshToken(act: Act, token: Insertable<Tables['refresh_tokens']>): Promise<void> {
  await act.db.insertInto('refresh_tokens').values(token).execute()
}

export type LiveSession = Awaited<ReturnType<typeof selectLive>>[number]

/** Live sessions and what their owners are now. Asked at each request, so that a change holds from the next one on. */
export async function findLiveSessions(
  database: Database,
  ids: readonly Id<'sessions'>[],
): Promise<ReadonlyMap<Id<'sessions'>, LiveSession>> {
  return new Map((await selectLive(database, ids)).map((session) => [session.id, session]))
}

function selectLive(database: Database, ids: readonly Id<'sessions'>[]) {
  return database
    .selectFrom('sessions as s')
    .innerJoin('members as m', 'm.id', 's.user_id')
    .select([
      's.id',
      's.secret',
      'm.id as user_id',
      'm.organisation_id',
      'm.roles',
      'm.is_intake',
      'm.is_recovery_officer',
      'm.status',
      'm.confirmation',
    ])
    .select(({ selectFrom, fn, val }) =>
      selectFrom('register_entries as e')
        .select((eb) => fn.coalesce(eb.fn.max('e.number'), val(0)).as('number'))
        .as('register_number'),
    )
    .where(sql<boolean>`s.id = any(${ids}::uuid[])`)
    .where('m.status', '!=', 'removed')
    .where('s.ends_at', '>', sql<Date>`now()`)
    .where('s.seen_at', '>', IDLE)
    .execute()
}

/** Spends a refresh token: the condition is in the update, so of many at once one wins. */
export async function spendRefreshToken(act: Act, tokenHash: Buffer): Promise<Id<'sessions'> | undefined> {
  const spent = await act.db
    .updateTable('refresh_tokens')
    .set({ used_at: sql<Date>`now()` })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .returning('session_id')
    .executeTakeFirst()
  return spent?.session_id
}

/** The session whose token was used a second time, too late to be a repetition: somebody else has it. */
export async function findStolenFamily(act: Act, tokenHash: Buffer): Promise<Id<'sessions'> | undefined> {
  const reused = await act.db
    .selectFrom('refresh_tokens')
    .select('session_id')
    .where('token_hash', '=', tokenHash)
    .where('used_at', '<', REUSE_LENIENCE)
    .executeTakeFirst()
  return reused?.session_id
}

/** Moves the end of idleness. Undefined when the session is over. */
export function touchSession(act: Act, id: Id<'sessions'>) {
  return act.db
    .updateTable('sessions')
    .set({ seen_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('ends_at', '>', sql<Date>`now()`)
    .where('seen_at', '>', IDLE)
    .returning(['id', 'user_id', 'organisation_id', 'secret'])
    .executeTakeFirst()
}

export async function deleteSession(act: Act, id: Id<'sessions'>): Promise<void> {
  await act.db.deleteFrom('sessions').where('id', '=', id).execute()
  act.concerns('sessions', id)
}

/** Ends a user's sessions, but for one that may stay. */
export async function deleteSessionsOf(act: Act, userId: Id<'users'>, keep?: Id<'sessions'>): Promise<void> {
  await act.db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(keep !== undefined, (query) => query.where('id', '!=', keep ?? null))
    .execute()
  act.concerns('users', userId)
}

/** Lockdown: until people sign in again, no key can be reached by anyone. */
export async function deleteAllSessions(act: Act): Promise<void> {
  await act.db.deleteFrom('sessions').execute()
}

/** Sessions that are over, replies kept for 48 hours, failures that no longer count. */
export async function sweepSessions(act: Act): Promise<void> {
  await act.db
    .deleteFrom('sessions')
    .where(({ eb, or }) => or([eb('ends_at', '<', sql<Date>`now()`), eb('seen_at', '<', IDLE)]))
    .execute()
  await act.db.deleteFrom('idempotency_keys').where('kept_since', '<', sql<Date>`now() - interval '48 hours'`).execute()
  await act.db
    .deleteFrom('attempt_limits')
    .where('expire', '<', sql<string>`extract(epoch from now()) * 1000`)
    .execute()
}
