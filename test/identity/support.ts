import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import { expect } from 'vitest'
import { sequenceEvents } from '../../src/audit/service.ts'
import { nobodyId } from '../../src/platform/kernel/ids.ts'
import { begin } from '../../src/platform/operation/op.ts'
import { type Client, clientOf, ifMatch, type Reply } from '../support/client.ts'
import type { startApp } from '../support/app.ts'
import { totpCode } from '../support/coalition.ts'

export type App = Awaited<ReturnType<typeof startApp>>
type Db = Pick<App, 'database'>

export type Event = {
  id: string
  at: string
  action: string
  outcome: 'done' | 'denied' | 'failed'
  actor_id: string
  organisation_id: string | null
  subjects: { table: string; id: string; ciphertext_sha256?: string }[]
  opened: Record<string, string[]>
}

async function allEvents({ database }: Db): Promise<Event[]> {
  const rows = await database.selectFrom('audit_events').select('body').execute()
  return rows.map(({ body }): Event => JSON.parse(body))
}

/** The answer of `work`, and the audit rows that it left. */
export async function traced<T>(app: Db, work: () => Promise<T>): Promise<{ reply: T; events: Event[] }> {
  const before = new Set((await allEvents(app)).map(({ id }) => id))
  const reply = await work()
  const events = (await allEvents(app)).filter(({ id }) => !before.has(id))
  return { reply, events: events.sort((a, b) => a.at.localeCompare(b.at)) }
}

/** Action and outcome of each row, for comparing. */
export const told = (events: readonly Event[]) => events.map(({ action, outcome }) => `${action} ${outcome}`)

export const PASSPHRASE = 'quite another seven words kept by nobody'

type Wish = { roles: string[]; is_intake?: boolean; is_recovery_officer?: boolean }

/** A code to join with. */
export async function invited(by: Client, wish: Wish): Promise<string> {
  const reply = await by.post('/v1/invitations', wish)
  expect(reply.status).toBe(201)
  return reply.body.code
}

export type Joined = { user_id: string; organisation_id: string; handle: string; fingerprint: string }

/** Somebody who has accepted an invitation and is not confirmed. */
export async function joined(app: Pick<App, 'stranger'>, by: Client, wish: Wish): Promise<Joined> {
  const code = await invited(by, wish)
  const body = { code, passphrase: PASSPHRASE, profile: { name: 'Somebody new' } }
  const reply = await app.stranger.post('/v1/invitations/accept', body)
  expect(reply.status).toBe(201)
  return reply.body
}

export const confirm = (by: Client, { user_id, fingerprint }: Joined, version = 1) =>
  by.post(`/v1/members/${user_id}/confirm`, { fingerprint }, ifMatch(version))

/** Somebody who was confirmed. */
export async function confirmed(app: Pick<App, 'stranger'>, by: Client, wish: Wish): Promise<Joined> {
  const member = await joined(app, by, wish)
  expect((await confirm(by, member)).status).toBe(200)
  return member
}

/** A client with that token. */
export const holding = (app: Pick<App, 'server'>, token: string): Client =>
  clientOf(app.server, () => Promise.resolve(token))

/** A client of somebody without a second factor, freshly signed in. */
export async function signedIn(app: Pick<App, 'server' | 'stranger'>, handle: string, passphrase = PASSPHRASE) {
  const reply = await app.stranger.post('/v1/session', { handle, passphrase })
  expect(reply.status).toBe(201)
  return holding(app, reply.body.access_token)
}

/** Sets a second factor for a client and signs in anew with it. */
export async function withFactor(app: App, handle: string, passphrase = PASSPHRASE): Promise<Client> {
  const first = await signedIn(app, handle, passphrase)
  const { seed } = (await first.get('/v1/me/second-factor')).body
  const now = app.services.now()
  const set = await first.put('/v1/me/second-factor', { passphrase, seed, code: totpCode(seed, now) })
  expect(set.status).toBe(204)
  const reply = await app.stranger.post('/v1/session', {
    handle,
    passphrase,
    code: totpCode(seed, new Date(now.getTime() + 30_000)),
  })
  expect(reply.status).toBe(201)
  return holding(app, reply.body.access_token)
}

export async function versionOf(by: Client, id: string): Promise<number> {
  return (await by.get(`/v1/members/${id}`)).body.version
}

export async function change(by: Client, id: string, wish: Partial<Wish>) {
  return by.patch(`/v1/members/${id}`, wish, ifMatch(await versionOf(by, id)))
}

export async function remove(by: Client, id: string) {
  return by.delete(`/v1/members/${id}`, ifMatch(await versionOf(by, id)))
}

/** The holders of an organisation's shared keyring, by version. */
export async function holders(
  { database }: Db,
  organisationId: string,
  kind: string,
): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ version: number; holders: string[] }>`
    select g.version, array_agg(g.user_id order by g.user_id) as holders
      from keyring_grants g join keyrings k on k.id = g.keyring_id
     where k.kind = ${kind} and k.organisation_id = ${organisationId} group by 1 order by 1`.execute(database)
  return Object.fromEntries(rows.map(({ version, holders: ids }) => [String(version), ids]))
}

type KeyringNow = { version: number; under: number[] }

/** A shared keyring's version, and the versions that its record keys lie under. */
export async function keyringNow({ database }: Db, organisationId: string, kind: string): Promise<KeyringNow> {
  const { rows } = await sql<KeyringNow>`
    select k.version, array(select distinct r.keyring_version from record_keys r where r.keyring_id = k.id order by 1) as under
      from keyrings k where k.kind = ${kind} and k.organisation_id = ${organisationId}`.execute(database)
  const [found] = rows
  if (found === undefined) throw new Error(`there is no keyring ${kind}`)
  return found
}

/** A number that SQL counts. */
export async function counted({ database }: Db, query: RawBuilder<{ count: string }>): Promise<number> {
  const { rows } = await query.execute(database)
  return Number(rows[0]?.count)
}

/** Numbers the audit rows, as the schedule does each minute. */
export async function sequenceNow({ services }: Pick<App, 'services'>): Promise<void> {
  const worker = { id: nobodyId, organisationId: null, roles: ['worker'], standing: 'full' } as const
  const op = await begin(services, { actor: worker, unlocked: null }, 'audit.sequence')
  await op.act((act) => sequenceEvents(act))
}

type Start = () => Promise<Reply>

/** Holds the rows that a query locks until each of these, one after the other, waits for them; then lets all go. */
export async function queuedBehind(
  { place }: Pick<App, 'place'>,
  lock: string,
  starts: readonly Start[],
): Promise<Reply[]> {
  const [holder, watcher] = [new pg.Client(place), new pg.Client(place)]
  await Promise.all([holder.connect(), watcher.connect()])
  const replies: Promise<Reply>[] = []
  try {
    await holder.query('begin')
    await holder.query(lock)
    for (const start of starts) {
      replies.push(start())
      await expect.poll(() => waitersSeenBy(watcher), { timeout: 10_000, interval: 20 }).toBe(replies.length)
    }
    await holder.query('commit')
  } finally {
    await Promise.all([holder.end(), watcher.end()])
  }
  return Promise.all(replies)
}

async function waitersSeenBy(watcher: pg.Client): Promise<number> {
  const { rowCount } = await watcher.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rowCount ?? 0
}
