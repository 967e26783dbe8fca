import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../../src/platform/kernel/ids.ts'
import { startApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { reportOf, submitted } from '../incidents/reports.ts'
import {
  change,
  confirmed,
  counted,
  holding,
  PASSPHRASE,
  remove,
  signedIn,
  told,
  traced,
  withFactor,
} from './support.ts'

const app = await startApp()
const founder = app.as('founder')
const officers = ['officer', 'officer2', 'officer3'].map((name) => app.as(name))
const [first, second, third] = officers
await Promise.all([founder, app.as('monitor'), ...officers].map((client) => client.token()))
if (first === undefined || second === undefined || third === undefined) throw new Error('three officers were seeded')

const start = async (handle: string) => (await app.stranger.post('/v1/recoveries', { handle })).body
const complete = (code: string, passphrase: string | undefined = NEXT) =>
  app.stranger.post('/v1/recoveries/complete', { code, passphrase })
const approve = async (by: Client, { fingerprint }: { fingerprint: string }, userId: string) => {
  const { items } = (await by.get('/v1/recoveries')).body
  const open = items.filter(({ user_id }: { user_id: string }) => user_id === userId)
  const replies = await Promise.all(
    open.map(({ id }: { id: string }) => by.post(`/v1/recoveries/${id}/approvals`, { fingerprint })),
  )
  return replies.map(({ status }) => status)
}
const coverage = async () => {
  const { body } = await founder.get('/v1/recovery/coverage')
  const covered = body.members.filter(({ is_covered }: { is_covered: boolean }) => is_covered)
  return { ...body, covered: covered.map(({ user_id }: { user_id: string }) => user_id) }
}
const NEXT = 'the next seven words that nobody wrote down'

/** Somebody whose next sign-in after the officers were marked has covered the account. */
async function covered(wish: { roles: string[]; is_intake?: boolean } = { roles: ['monitor'] }) {
  const member = await confirmed(app, founder, wish)
  await signedIn(app, member.handle)
  return member
}

test('two of three officers restore an account, which opens what it opened before', async () => {
  const { id } = await submitted(app.as('monitor'))
  const member = await covered({ roles: ['monitor'], is_intake: true })
  const lost = await signedIn(app, member.handle)

  const { reply: recovery, events: starting } = await traced(app, () => start(member.handle))
  const { reply: approvals, events: approving } = await traced(app, () => approve(first, recovery, member.user_id))
  const { reply: early, events: failing } = await traced(app, () => complete(recovery.code))
  await approve(third, recovery, member.user_id)
  const listed = (await second.get('/v1/recoveries')).body.items
  const { reply: done, events: completing } = await traced(app, () => complete(recovery.code))
  const restored = await signedIn(app, member.handle, NEXT)

  expect(approvals).toEqual([204])
  expect([early.status, early.body.type]).toEqual([409, '/problems/recovery-not-ready'])
  expect(listed).toEqual([
    expect.objectContaining({ user_id: member.user_id, approvals: 2, threshold: 2, expires_at: recovery.expires_at }),
  ])
  expect([done.status, done.body]).toEqual([200, { passphrase: null }])
  expect((await lost.get('/v1/me')).status).toBe(401)
  expect((await app.stranger.post('/v1/session', { handle: member.handle, passphrase: PASSPHRASE })).status).toBe(401)
  expect((await restored.get(`/v1/incidents/${id}`)).body.narrative.summary).toBe(reportOf().narrative.summary)
  expect((await restored.get('/v1/me')).body.fingerprint).toBe(member.fingerprint)
  expect([starting, approving, failing, completing].map(told)).toEqual([
    ['recovery.start done'],
    ['recovery.approve done'],
    ['recovery.complete failed'],
    ['recovery.complete done'],
  ])
  expect(completing[0]?.subjects.map(({ table }) => table).sort()).toEqual(['recoveries', 'users', 'users'])
})

test('a code completes once, of several at once too, and the officers see nothing to approve afterwards', async () => {
  const member = await covered()
  const recovery = await start(member.handle)
  for (const officer of [first, second]) await approve(officer, recovery, member.user_id)

  const replies = await Promise.all([1, 2, 3].map(() => complete(recovery.code)))
  const again = await complete(recovery.code)

  expect([...replies, again].map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  expect((await first.get('/v1/recoveries')).body.items).toEqual([])
})

test('whoever is restored sets the second factor anew before anything else', async () => {
  const member = await confirmed(app, founder, { roles: ['lawyer'] })
  await withFactor(app, member.handle)
  const recovery = await start(member.handle)
  for (const officer of officers) await approve(officer, recovery, member.user_id)
  const given = await app.stranger.post('/v1/recoveries/complete', { code: recovery.code.toLowerCase() })

  const session = await app.stranger.post('/v1/session', { handle: member.handle, passphrase: given.body.passphrase })
  const restored = holding(app, session.body.access_token)

  expect(given.body.passphrase.split(' ')).toHaveLength(7)
  expect(session.body.me).toMatchObject({ has_second_factor: false, standing: 'second_factor_missing' })
  expect((await restored.get('/v1/cases')).status).toBe(403)
  const client = await withFactor(app, member.handle, given.body.passphrase)
  expect((await client.get('/v1/cases')).status).toBe(200)
})

test('a fingerprint that was not heard right is refused, and written down', async () => {
  const member = await covered()
  const recovery = await start(member.handle)

  const { reply, events } = await traced(app, () => approve(first, { fingerprint: member.fingerprint }, member.user_id))

  expect(reply).toEqual([422])
  expect(told(events)).toEqual(['recovery.approve failed'])
  expect((await complete(recovery.code)).status).toBe(409)
})

test('one officer alone opens nothing, however often', async () => {
  const member = await covered()
  const recovery = await start(member.handle)

  const twice = [await approve(first, recovery, member.user_id), await approve(first, recovery, member.user_id)]

  expect(twice).toEqual([[204], [204]])
  const { items } = (await first.get('/v1/recoveries')).body
  expect(items.find(({ user_id }: { user_id: string }) => user_id === member.user_id)).toMatchObject({ approvals: 1 })
  expect((await complete(recovery.code)).status).toBe(409)
})

test('approvals for one recovery do not serve another', async () => {
  const member = await covered()
  const [one, two] = [await start(member.handle), await start(member.handle)]
  const ids = (await first.get('/v1/recoveries')).body.items.filter(
    ({ user_id }: { user_id: string }) => user_id === member.user_id,
  )
  for (const { id } of ids)
    for (const [officer, { fingerprint }] of [
      [first, one],
      [second, two],
    ] as const)
      await officer.post(`/v1/recoveries/${id}/approvals`, { fingerprint })

  const replies = [await complete(one.code), await complete(two.code)]

  expect(ids).toHaveLength(2)
  expect(replies.map(({ status }) => status)).toEqual([409, 409])
})

test('an unknown handle, and that of somebody removed, are answered as any other', async () => {
  const gone = await covered()
  await remove(founder, gone.user_id)

  const { reply: answers, events } = await traced(app, async () => [
    await start('nobody-is-called-so'),
    await start(gone.handle),
    await start(app.person('monitor').handle),
  ])

  for (const answer of answers)
    expect(answer).toEqual({
      code: expect.stringMatching(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/),
      fingerprint: expect.stringMatching(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/),
      expires_at: expect.any(String),
    })
  expect(told(events)).toEqual(Array(3).fill('recovery.start done'))
  expect(await counted(app, sql`select count(*) from recoveries where user_id = ${gone.user_id}`)).toBe(0)
  expect(await counted(app, sql`select count(*) from recovery_shares where user_id = ${gone.user_id}`)).toBe(0)
})

test('a recovery that ran out does not complete', async () => {
  const member = await covered()
  const recovery = await start(member.handle)
  for (const officer of [first, second]) await approve(officer, recovery, member.user_id)
  await sql`update recoveries set expires_at = now() - interval '1 second'`.execute(app.database)

  expect((await complete(recovery.code)).status).toBe(409)
  expect(await approve(third, recovery, member.user_id)).toEqual([])
})

test('recoveries are for the officers of the own organisation', async () => {
  await app.signIn('monitor', 'away')
  const recovery = await start(app.person('monitor', 'away').handle)
  const { rows } = await sql<{ id: string }>`
    select id from recoveries where user_id = ${app.person('monitor', 'away').id}`.execute(app.database)
  const url = `/v1/recoveries/${rows[0]?.id ?? ''}/approvals`

  const seen = (await first.get('/v1/recoveries')).body.items.map(({ user_id }: { user_id: string }) => user_id)
  const elsewhere = await first.post(url, { fingerprint: recovery.fingerprint })
  const { reply: byMonitor, events } = await traced(app, () =>
    app.as('monitor').post(url, { fingerprint: recovery.fingerprint }),
  )

  expect(seen).not.toContain(app.person('monitor', 'away').id)
  expect([elsewhere.status, byMonitor.status]).toEqual([404, 403])
  expect(told(events)).toEqual(['recovery.approve denied'])
})

test('a new officer leaves everybody uncovered until they sign in; an officer who leaves takes the shares along', async () => {
  const member = await covered()
  const before = await coverage()
  const officer = await confirmed(app, founder, { roles: ['monitor'] })
  await change(founder, officer.user_id, { is_recovery_officer: true })
  const uncovered = await coverage()
  const [one, two] = await Promise.all([signedIn(app, member.handle), signedIn(app, member.handle)])
  const after = await coverage()
  const held = () => counted(app, sql`select count(*) from recovery_shares where officer_id = ${officer.user_id}`)
  const shares = await held()
  await change(founder, officer.user_id, { is_recovery_officer: false })

  expect(before.covered).toContain(member.user_id)
  expect([before.officers, uncovered.officers, uncovered.covered]).toEqual([3, 4, []])
  expect(after.covered).toEqual([member.user_id])
  expect([shares, await held()]).toEqual([3, 0])
  expect((await coverage()).covered).toEqual([])
  const statuses = await Promise.all([one, two].map((client) => client.get('/v1/me')))
  expect(statuses.map(({ status }) => status)).toEqual([200, 200])

  const recovery = await start(member.handle)
  expect(await approve(first, recovery, member.user_id)).toEqual([204])
  expect(await approve(second, recovery, member.user_id)).toEqual([204])
  expect((await complete(recovery.code)).status).toBe(200)
})

test('an officer whose row was tampered with gets no share, and nobody is kept from signing in', async () => {
  const member = await covered()
  await sql`update members set is_recovery_officer = true where id = ${app.person('lawyer').id}`.execute(app.database)
  await sql`update organisations set recovery_epoch = recovery_epoch + 1 where id = ${founder.organisationId}`.execute(
    app.database,
  )

  await signedIn(app, member.handle)

  expect((await coverage()).covered).toEqual([member.user_id])
  expect(
    await counted(app, sql`select count(*) from recovery_shares where officer_id = ${app.person('lawyer').id}`),
  ).toBe(0)
  await sql`update members set is_recovery_officer = false where id = ${app.person('lawyer').id}`.execute(app.database)
})

test('a thirteenth officer is refused', async () => {
  const ids = Array.from({ length: 9 }, () => newId('users'))
  for (const id of ids) {
    const row = JSON.stringify({ id, handle_hash: `\\x${randomBytes(32).toString('hex')}` })
    await sql`insert into users select (json_populate_record(u, ${row}::json)).* from users u where id = ${first.id}`.execute(
      app.database,
    )
    await sql`insert into members select (json_populate_record(m, ${row}::json)).* from members m where id = ${first.id}`.execute(
      app.database,
    )
  }

  const { status, body } = await change(founder, app.as('clinician').id, { is_recovery_officer: true })
  const { officers: count } = await coverage()

  expect([status, body.type]).toEqual([409, '/problems/too-many-officers'])
  expect(count).toBe(12)
})
