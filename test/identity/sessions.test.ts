import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { identityJobs } from '../../src/identity/jobs.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { startApp } from '../support/app.ts'
import { counted, holding, told, traced } from './support.ts'

const app = await startApp()
const pool = openPool(app.place, 2)
afterAll(() => pool.end())

const opened = async (name = 'monitor') => {
  const { body } = await app.signIn(name)
  return { refresh_token: body.refresh_token, client: holding(app, body.access_token) }
}
const refresh = (refresh_token: string) => app.stranger.post('/v1/session/refresh', { refresh_token })
const sessions = () => counted(app, sql`select count(*) from sessions`)

test('a refresh token gives new tokens once; the session goes on', async () => {
  const { refresh_token, client } = await opened()

  const { reply, events } = await traced(app, () => refresh(refresh_token))
  const { reply: again, events: refusal } = await traced(app, () => refresh(refresh_token))

  expect(reply.status).toBe(201)
  expect(reply.body.me.id).toBe(app.person('monitor').id)
  expect([again.status, again.body.type]).toEqual([401, '/problems/refresh-failed'])
  expect((await client.get('/v1/me')).status).toBe(200)
  expect((await holding(app, reply.body.access_token).get('/v1/members')).status).toBe(200)
  expect(told(events)).toEqual(['session.refresh done'])
  expect(told(refusal)).toEqual(['session.refresh failed'])
})

test('of fifty refreshes with one token at once, one wins, and the session lives', async () => {
  const { refresh_token, client } = await opened()

  const replies = await Promise.all(Array.from({ length: 50 }, () => refresh(refresh_token)))

  expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(49).fill(401)])
  expect((await client.get('/v1/me')).status).toBe(200)
})

test('a used token that comes back late is a stolen one: the whole family ends', async () => {
  const { refresh_token, client } = await opened()
  const next = await refresh(refresh_token)
  await sql`update refresh_tokens set used_at = now() - interval '11 seconds' where used_at is not null`.execute(
    app.database,
  )

  const { reply, events } = await traced(app, () => refresh(refresh_token))

  expect(reply.status).toBe(401)
  expect((await client.get('/v1/me')).status).toBe(401)
  expect((await refresh(next.body.refresh_token)).status).toBe(401)
  expect(told(events)).toEqual(['session.refresh done', 'session.refresh denied'])
  expect(events[0]?.subjects).toEqual(events[1]?.subjects)
})

test.each([
  ['idle for half an hour', sql`update sessions set seen_at = now() - interval '31 minutes'`],
  ['older than twelve hours', sql`update sessions set ends_at = now() - interval '1 second'`],
])('a session %s is over, and swept away', async (_why, age) => {
  const { refresh_token, client } = await opened()
  await age.execute(app.database)

  expect((await client.get('/v1/me')).status).toBe(401)
  expect((await refresh(refresh_token)).status).toBe(401)
  await sweep()
  expect(await sessions()).toBe(0)
})

test.each(['', 'a.b.c', `${'0'.repeat(36)}.${'A'.repeat(43)}.${'A'.repeat(43)}`])(
  '%j is no refresh token',
  async (text) => {
    const { reply, events } = await traced(app, () => refresh(text))

    expect(reply.status).toBe(text === '' ? 400 : 401)
    expect(told(events)).toEqual(text === '' ? [] : ['session.refresh failed'])
  },
)

test('a refresh token with another share does not work, and is not spent by it', async () => {
  const { refresh_token } = await opened()
  const [session, token] = refresh_token.split('.')

  const bent = await refresh(`${session}.${token}.${'A'.repeat(43)}`)
  const straight = await refresh(refresh_token)

  expect([bent.status, straight.status]).toEqual([401, 201])
})

test('signing out ends that session and leaves the others', async () => {
  const [one, two] = [await opened(), await opened()]

  const { reply, events } = await traced(app, () => one.client.delete('/v1/session'))

  expect([reply.status, reply.text]).toEqual([204, ''])
  expect((await one.client.get('/v1/me')).status).toBe(401)
  expect((await refresh(one.refresh_token)).status).toBe(401)
  expect((await two.client.get('/v1/me')).status).toBe(200)
  expect(told(events)).toEqual(['session.close done'])
  expect(events[0]?.subjects).toEqual([{ table: 'sessions', id: expect.any(String) }])
})

test('lockdown ends every session, and is not for everybody', async () => {
  const [one, two, three] = [await opened(), await opened('coordinator'), await opened('administrator')]

  const { reply: refused, events: refusal } = await traced(app, () => one.client.post('/v1/lockdown'))
  const { reply, events } = await traced(app, () => two.client.post('/v1/lockdown'))

  expect([refused.status, reply.status]).toEqual([403, 204])
  expect([told(refusal), told(events)]).toEqual([['session.lockdown denied'], ['session.lockdown done']])
  expect(await sessions()).toBe(0)
  for (const { client } of [one, two, three]) expect((await client.get('/v1/me')).status).toBe(401)
  expect((await app.signIn('monitor')).status).toBe(201)
})

test('the sweep forgets kept replies after 48 hours, and failures when they no longer count', async () => {
  const { client } = await opened('coordinator')
  await client.post('/v1/invitations', { roles: ['monitor'] }, { 'idempotency-key': 'swept-away' })
  await app.stranger.post('/v1/session', { handle: 'nobody-here', passphrase: 'wrong' })
  const left = () =>
    counted(app, sql`select (select count(*) from idempotency_keys) + (select count(*) from attempt_limits) as count`)

  await sweep()
  const early = await left()
  await sql`update idempotency_keys set kept_since = now() - interval '49 hours'`.execute(app.database)
  await sql`update attempt_limits set expire = 1`.execute(app.database)
  await sweep()

  expect(early).toBeGreaterThanOrEqual(3)
  expect(await left()).toBe(0)
})

/** What the schedule does every ten minutes. */
const sweep = () => runJobs(app.services, pool, identityJobs)
