import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { counted, holding, PASSPHRASE, told, traced } from '../../identity/support.ts'
import { reportOf } from '../../incidents/reports.ts'
import { startApp } from '../../support/app.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const monitor = app.as('monitor')
await Promise.all([coordinator, monitor, app.as('clinician')].map((client) => client.token()))
const under = (key: string) => ({ 'idempotency-key': key })
const wish = { roles: ['monitor'] }
const reports = () => counted(app, sql`select count(*) from incidents`)
const kept = () =>
  sql<{ key_hash: Buffer; request_hash: Buffer }>`select key_hash, request_hash from idempotency_keys`.execute(
    app.database,
  )

test('a repeated request is answered as the first was, code and all, and done once', async () => {
  const { reply: replies, events } = await traced(app, async () => [
    await coordinator.post('/v1/invitations', wish, under('a-first-key')),
    await coordinator.post('/v1/invitations', wish, under('a-first-key')),
  ])

  const [first, second] = replies
  expect([first?.status, second?.status]).toEqual([201, 201])
  expect(second?.body).toEqual(first?.body)
  expect(told(events)).toEqual(['invitation.create done'])
})

test.each([
  { name: 'plain field', first: wish, other: { roles: ['lawyer'] }, url: '/v1/invitations', by: coordinator },
  {
    name: 'narrative',
    first: reportOf(),
    other: { ...reportOf(), narrative: { summary: 'Something else.' } },
    url: '/v1/incidents',
    by: monitor,
  },
])('the same key with another $name is refused, and says nothing', async ({ name, first, other, url, by }) => {
  const key = `other-${name.replace(' ', '-')}`
  const made = await by.post(url, first, under(key))

  const { reply, events } = await traced(app, () => by.post(url, other, under(key)))
  const repeated = await by.post(url, first, under(key))

  expect([made.status, reply.status, reply.body.type]).toEqual([201, 422, '/problems/idempotency-key-reused'])
  expect(told(events).at(-1)).toMatch(/failed$/)
  expect(repeated.body).toEqual(made.body)
})

test('of ten at once under one key one is done, and all are answered alike', async () => {
  const before = await reports()

  const replies = await Promise.all(
    Array.from({ length: 10 }, () => monitor.post('/v1/incidents', reportOf(), under('ten-at-once'))),
  )

  expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
  expect(replies[0]?.status).toBe(201)
  expect(await reports()).toBe(before + 1)
})

test('a key is the caller’s own and the route’s own', async () => {
  const [first, ...others] = [
    await monitor.post('/v1/incidents', reportOf(), under('whose-key')),
    await app.as('clinician').post('/v1/incidents', reportOf(), under('whose-key')),
    await app.as('monitor', 'away').post('/v1/incidents', reportOf(), under('whose-key')),
    await coordinator.post('/v1/invitations', wish, under('whose-key')),
  ]

  expect([first, ...others].map(({ status }) => status)).toEqual([201, 201, 201, 201])
  expect(new Set([first, ...others].map(({ body }) => body.id)).size).toBe(4)
})

test('what is kept of two equal requests of two people is not equal: nobody can try out guesses', async () => {
  await sql`delete from idempotency_keys`.execute(app.database)
  for (const by of [monitor, app.as('clinician')]) await by.post('/v1/incidents', reportOf(), under('equal-requests'))

  const { rows } = await kept()

  expect(rows).toHaveLength(2)
  expect(new Set(rows.flatMap(({ key_hash, request_hash }) => [key_hash, request_hash].map(String))).size).toBe(4)
})

test('a refusal is not kept: the same key serves the request that is right', async () => {
  const wrong = await coordinator.post('/v1/invitations', { roles: [] }, under('refused-before'))
  const right = await coordinator.post('/v1/invitations', wish, under('refused-before'))

  expect([wrong.status, right.status]).toEqual([400, 201])
})

test('a key is remembered through a new passphrase and a new session', async () => {
  const { body: opened } = await app.signIn('monitor', 'away')
  const { handle, passphrase } = app.person('monitor', 'away')
  const before = holding(app, opened.access_token)
  const first = await before.post('/v1/incidents', reportOf(), under('through-a-change'))
  await before.post('/v1/me/passphrase', { passphrase, new_passphrase: PASSPHRASE })
  const { body } = await app.stranger.post('/v1/session', { handle, passphrase: PASSPHRASE })

  const again = await holding(app, body.access_token).post('/v1/incidents', reportOf(), under('through-a-change'))

  expect([again.status, again.body]).toEqual([201, first.body])
})

test.each(['short', 'has spaces in it', 'x'.repeat(256)])('%j is no key', async (key) => {
  const { status, body, text } = await coordinator.post('/v1/invitations', wish, under(key))

  expect([status, body.errors]).toEqual([400, [{ header: 'Idempotency-Key', detail: expect.any(String) }]])
  expect(text).not.toContain(key)
})
