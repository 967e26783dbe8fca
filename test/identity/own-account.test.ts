import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { totpCode } from '../support/coalition.ts'
import { confirmed, counted, holding, PASSPHRASE, queuedBehind, signedIn, told, traced, withFactor } from './support.ts'

const app = await startApp()
const founder = app.as('founder')
await founder.token()
const NEXT = 'the next seven words that nobody wrote down'

const signIn = (handle: string, passphrase: string) => app.stranger.post('/v1/session', { handle, passphrase })
const newMonitor = () => confirmed(app, founder, { roles: ['monitor'] })

test('changing the passphrase seals one row anew, and every other session dies', async () => {
  const { handle, user_id } = await newMonitor()
  const [client, other] = await Promise.all([signedIn(app, handle), signedIn(app, handle)])
  const shared = () =>
    sql`select u.id, md5(u.secret::bytea) from users u where id <> ${user_id} order by 1`.execute(app.database)
  const before = await shared()

  const { reply, events } = await traced(app, () =>
    client.post('/v1/me/passphrase', { passphrase: PASSPHRASE, new_passphrase: NEXT }),
  )
  const old = await signIn(handle, PASSPHRASE)
  const now = await signIn(handle, NEXT)

  expect([reply.status, reply.body]).toEqual([200, { passphrase: null }])
  expect((await client.get('/v1/members')).status).toBe(200)
  expect((await other.get('/v1/me')).status).toBe(401)
  expect([old.status, now.status]).toEqual([401, 201])
  expect((await holding(app, now.body.access_token).get('/v1/members')).status).toBe(200)
  expect(told(events)).toEqual(['account.change_passphrase done'])
  expect(events[0]?.subjects).toContainEqual({ table: 'users', id: user_id })
  expect((await shared()).rows).toEqual(before.rows)
})

test('without a new one you are given one, once', async () => {
  const { handle } = await newMonitor()
  const client = await signedIn(app, handle)

  const { body } = await client.post('/v1/me/passphrase', { passphrase: PASSPHRASE })

  expect(body.passphrase.split(' ')).toHaveLength(7)
  expect((await signIn(handle, body.passphrase)).status).toBe(201)
})

test('a token alone changes nothing: the passphrase must be right, and the new one strong', async () => {
  const { handle } = await newMonitor()
  const client = await signedIn(app, handle)

  const { reply: wrong, events } = await traced(app, () =>
    client.post('/v1/me/passphrase', { passphrase: NEXT, new_passphrase: NEXT }),
  )
  const weak = await client.post('/v1/me/passphrase', { passphrase: PASSPHRASE, new_passphrase: 'password password1' })
  const { seed } = (await client.get('/v1/me/second-factor')).body
  const factor = await client.put('/v1/me/second-factor', {
    passphrase: NEXT,
    seed,
    code: totpCode(seed, app.services.now()),
  })

  expect([wrong.status, wrong.body.type]).toEqual([401, '/problems/sign-in-failed'])
  expect(told(events)).toEqual(['account.change_passphrase failed'])
  expect([weak.status, weak.body.reason]).toEqual([422, 'common'])
  expect(factor.status).toBe(401)
  expect((await signIn(handle, PASSPHRASE)).status).toBe(201)
})

test('ten wrong passphrases by a stolen token are all it gets', async () => {
  const { handle } = await newMonitor()
  const client = await signedIn(app, handle)
  const statuses: number[] = []

  for (let attempt = 0; attempt < 11; attempt += 1)
    statuses.push((await client.post('/v1/me/passphrase', { passphrase: 'wrong' })).status)

  expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
})

test('of four changes at once one is made', async () => {
  const { handle } = await newMonitor()
  const client = await signedIn(app, handle)
  const wishes = [1, 2, 3, 4].map((at) => `${NEXT} number ${String(at)}`)

  const replies = await Promise.all(
    wishes.map((new_passphrase) => client.post('/v1/me/passphrase', { passphrase: PASSPHRASE, new_passphrase })),
  )
  const opened = await Promise.all(wishes.map((passphrase) => signIn(handle, passphrase)))

  expect(replies.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => ![200, 401, 412].includes(status))).toEqual([])
  expect(opened.map(({ status }) => status)).toEqual(replies.map(({ status }) => (status === 200 ? 201 : 401)))
})

test('no session that the old passphrase opened outlives the change, not even one that was being opened', async () => {
  const { handle, user_id } = await newMonitor()
  const client = await signedIn(app, handle)

  const [changed, opened] = await queuedBehind(app, `select from users where id = '${user_id}' for no key update`, [
    () => client.post('/v1/me/passphrase', { passphrase: PASSPHRASE, new_passphrase: NEXT }),
    () => signIn(handle, PASSPHRASE),
  ])
  const before = await signedIn(app, handle, NEXT)
  const [late, changedAgain] = await queuedBehind(app, `select from users where id = '${user_id}' for no key update`, [
    () => signIn(handle, NEXT),
    () => before.post('/v1/me/passphrase', { passphrase: NEXT, new_passphrase: PASSPHRASE }),
  ])

  expect([changed?.status, opened?.status]).toEqual([200, 401])
  expect([late?.status, changedAgain?.status]).toEqual([201, 200])
  expect((await holding(app, late?.body.access_token).get('/v1/me')).status).toBe(401)
  expect((await before.get('/v1/me')).status).toBe(200)
})

test('a second factor is kept only with a code of its seed, and ends all sessions', async () => {
  const { handle, user_id } = await newMonitor()
  const client = await signedIn(app, handle)
  const { seed, uri } = (await client.get('/v1/me/second-factor')).body
  const now = app.services.now()
  const set = (code: string, of = seed) =>
    client.put('/v1/me/second-factor', { passphrase: PASSPHRASE, seed: of, code })
  const sealings = () => counted(app, sql`select secret_version as count from users where id = ${user_id}`)
  const before = await sealings()

  const wrong = await set(totpCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', now))
  const odd = await set('123456', 'not base32 1890')
  const { reply, events } = await traced(app, () => set(totpCode(seed, now)))
  const replayed = await app.stranger.post('/v1/session', { handle, passphrase: PASSPHRASE, code: totpCode(seed, now) })
  const later = await app.stranger.post('/v1/session', {
    handle,
    passphrase: PASSPHRASE,
    code: totpCode(seed, new Date(now.getTime() + 30_000)),
  })

  expect(uri).toContain(seed)
  expect([wrong.status, odd.status, reply.status]).toEqual([422, 422, 204])
  expect((await client.get('/v1/me')).status).toBe(401)
  expect([replayed.status, later.status, later.body.me.has_second_factor]).toEqual([401, 201, true])
  expect(told(events)).toEqual(['account.enrol_second_factor done'])
  expect(await sealings()).toBe(before + 1)
})

test('the second factor is not in the row in clear, and its row looks like one without', async () => {
  const { handle, user_id } = await newMonitor()
  const size = () => counted(app, sql`select octet_length(secret::bytea) as count from users where id = ${user_id}`)
  const before = await size()

  await withFactor(app, handle)

  expect(await size()).toBe(before)
})
