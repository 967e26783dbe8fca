import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openWithPassphrase, sealSecret } from '../../src/identity/passphrase.ts'
import type { UserRow } from '../../src/identity/repo-users.ts'
import { stretch, verifierHash } from '../../src/platform/crypto/passphrase.ts'
import { Secret } from '../../src/platform/crypto/secret.ts'
import { startApp } from '../support/app.ts'
import { totpCode } from '../support/coalition.ts'
import { confirmed, counted, holding, joined, PASSPHRASE, sequenceNow, told, traced } from './support.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
await coordinator.token()
const signIn = (body: object) => app.stranger.post('/v1/session', body)
const credentials = (name: string) => {
  const { handle, passphrase } = app.person(name)
  return { handle, passphrase }
}
/** A code of a step that nobody has used: the clock of the service stands still, codes are good for a step around it. */
const codeOf = (name: string, steps = 0) =>
  totpCode(app.person(name).seed ?? '', new Date(app.services.now().getTime() + steps * 30_000))

test('everybody seeded is confirmed, signed in and in full standing', async () => {
  for (const name of ['monitor', 'lawyer', 'intake', 'clinician', 'coordinator', 'administrator', 'officer']) {
    const { status, body } = await app.as(name).get('/v1/me')
    expect([status, body.standing, body.id]).toEqual([200, 'full', app.person(name).id])
  }
})

test('signing in leaves one row, of the one who did', async () => {
  const { reply, events } = await traced(app, () => signIn(credentials('monitor')))

  expect(reply.status).toBe(201)
  expect(reply.body).toMatchObject({ expires_in: 600, audit: 'not_checked', me: { id: app.person('monitor').id } })
  expect(told(events)).toEqual(['session.open done'])
  expect(events[0]).toMatchObject({
    actor_id: app.person('monitor').id,
    organisation_id: app.person('monitor').organisation_id,
  })
  expect(events[0]?.subjects.map(({ table }) => table)).toContain('sessions')
})

test('an unknown handle, a wrong passphrase, a wrong code and a removed member are answered alike', async () => {
  const gone = await joined(app, coordinator, { roles: ['monitor'] })
  await coordinator.delete(`/v1/members/${gone.user_id}`, { 'if-match': '"1"' })

  const { reply: replies, events } = await traced(app, async () => [
    await signIn({ handle: 'nobody-is-called-so', passphrase: PASSPHRASE }),
    await signIn({ ...credentials('monitor'), passphrase: PASSPHRASE }),
    await signIn({ ...credentials('coordinator'), code: '000000' }),
    await signIn({ handle: gone.handle, passphrase: PASSPHRASE }),
  ])

  const [first, ...others] = replies.map(({ status, body }) => ({ status, body: { ...body, instance: '' } }))
  expect(first).toMatchObject({ status: 401, body: { type: '/problems/sign-in-failed' } })
  for (const other of others) expect(other).toEqual(first)
  expect(told(events)).toEqual(Array(4).fill('session.open failed'))
  expect(events.map(({ subjects }) => subjects.map(({ id }) => id))).toEqual([
    [],
    [app.person('monitor').id],
    [app.person('coordinator').id],
    [gone.user_id],
  ])
})

test('the second factor is asked for after the right passphrase alone, and its code is good for once', async () => {
  const { reply: asked, events } = await traced(app, () => signIn(credentials('officer')))
  const code = codeOf('officer', 1)
  const first = await signIn({ ...credentials('officer'), code: `${code.slice(0, 3)} ${code.slice(3)}` })
  const { reply: replayed, events: replaying } = await traced(app, () => signIn({ ...credentials('officer'), code }))
  const earlier = await signIn({ ...credentials('officer'), code: codeOf('officer', 0) })

  expect([asked.status, asked.body.type]).toEqual([401, '/problems/second-factor-needed'])
  expect(told(events)).toEqual(['session.open failed'])
  expect([first.status, replayed.status, earlier.status]).toEqual([201, 401, 401])
  expect(told(replaying)).toEqual(['session.open failed'])
})

test('of eight sign-ins at once with one code, one succeeds', async () => {
  const code = codeOf('lawyer', 1)

  const replies = await Promise.all(Array.from({ length: 8 }, () => signIn({ ...credentials('lawyer'), code })))

  expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(401)])
})

test('ten failures close the account for a while, right passphrase or not; a handle that does not exist, too', async () => {
  for (const handle of ['away-monitor', 'nobody-at-all']) {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 11; attempt += 1)
      statuses.push((await signIn({ handle, passphrase: 'wrong' })).status)
    const { status, headers, body } = await signIn({ handle, passphrase: app.person('monitor', 'away').passphrase })

    expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
    expect([status, body.type]).toEqual([429, '/problems/too-many-attempts'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(600)
  }
})

test('five sign-ins of a coordinator at once all succeed, and remember the trail one after the other', async () => {
  const { handle, user_id } = await confirmed(app, coordinator, { roles: ['coordinator'] })
  await sequenceNow(app)

  const replies = await Promise.all(Array.from({ length: 5 }, () => signIn({ handle, passphrase: PASSPHRASE })))
  const version = await counted(app, sql`select secret_version as count from users where id = ${user_id}`)
  await sequenceNow(app)
  const next = await signIn({ handle, passphrase: PASSPHRASE })

  expect(replies.map(({ status }) => status)).toEqual(Array(5).fill(201))
  expect(version).toBe(6)
  expect([next.status, next.body.audit]).toEqual([201, 'consistent'])
})

test('a coordinator learns at sign-in that the trail was cut, and goes on knowing it', async () => {
  await sequenceNow(app)
  const honest = await app.signIn('founder')
  await sql`update audit_events set body = replace(body, 'done', 'gone') where seq = 3`.execute(app.database)

  const first = await app.signIn('founder')
  const second = await app.signIn('founder')

  expect([honest, first, second].map(({ body }) => body.audit)).toEqual(['consistent', 'inconsistent', 'inconsistent'])
})

test('a passphrase stretched at an older, lower cost is stretched at the present one from the next sign-in on', async () => {
  const member = await confirmed(app, coordinator, { roles: ['monitor'] })
  await weaken(member.user_id)
  const cost = () =>
    sql<{ kdf_memory_kib: number; kdf_passes: number }>`
      select kdf_memory_kib, kdf_passes from users where id = ${member.user_id}`.execute(app.database)

  const before = (await cost()).rows[0]
  const first = await signIn({ handle: member.handle, passphrase: PASSPHRASE })
  const second = await signIn({ handle: member.handle, passphrase: PASSPHRASE })

  expect(before).toEqual({ kdf_memory_kib: 8_192, kdf_passes: 1 })
  expect([first.status, second.status]).toEqual([201, 201])
  expect((await cost()).rows[0]).toEqual({ kdf_memory_kib: 65_536, kdf_passes: 3 })
  expect((await holding(app, second.body.access_token).get('/v1/members')).status).toBe(200)
})

/** Puts an account back to a cost of earlier days. */
async function weaken(id: string): Promise<void> {
  const { rows } = await sql<UserRow>`select * from users where id = ${id}`.execute(app.database)
  const [user] = rows
  const passphrase = new Secret(PASSPHRASE)
  const opened = user && (await openWithPassphrase(user, passphrase))
  if (user === undefined || opened === undefined) throw new Error('the account does not open')
  const cost = { memory_kib: 8_192, passes: 1, lanes: 1 }
  const { verifier, kek } = await stretch(passphrase, user.kdf_salt, cost)
  const { secret } = sealSecret(kek, user, opened.secret)
  await sql`update users set kdf_memory_kib = 8192, kdf_passes = 1, secret = ${secret},
    verifier_hash = ${verifierHash(verifier)} where id = ${id}`.execute(app.database)
}
