import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openWithPassphrase } from '../../src/identity/passphrase.ts'
import type { UserRow } from '../../src/identity/repo-users.ts'
import { Secret } from '../../src/platform/crypto/secret.ts'
import { type SigningKey, sign } from '../../src/platform/crypto/signing.ts'
import { newUserSecret } from '../../src/platform/crypto/user-secret.ts'
import { newId } from '../../src/platform/kernel/ids.ts'
import { confirmationParts } from '../../src/platform/operation/trust.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import {
  change,
  confirm,
  confirmed,
  counted,
  holding,
  joined,
  PASSPHRASE,
  signedIn,
  told,
  traced,
  versionOf,
  withFactor,
} from '../identity/support.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const founder = app.as('founder')
await Promise.all([coordinator.token(), founder.token()])

const grantsOf = (id: string) =>
  counted(
    app,
    sql`select count(*) from keyring_grants g join keyrings k on k.id = g.keyring_id
         where g.user_id = ${id} and k.kind <> 'personal'`,
  )

test('nothing is shared with a member before a coordinator has confirmed the key', async () => {
  const member = await joined(app, coordinator, { roles: ['monitor'], is_intake: true })
  const client = await signedIn(app, member.handle)

  const requests = await Promise.all([
    client.get('/v1/members'),
    client.get('/v1/incidents'),
    client.get('/v1/organisations'),
  ])
  const me = await client.get('/v1/me')

  expect(requests.map(({ status }) => status)).toEqual([403, 403, 403])
  expect([me.status, me.body.standing]).toEqual([200, 'unconfirmed'])
  expect(await grantsOf(member.user_id)).toBe(0)
})

test('a confirmed member holds what role and mark call for, from the next request on', async () => {
  const member = await joined(app, founder, { roles: ['monitor'], is_intake: true })
  const client = await signedIn(app, member.handle)

  const { reply, events } = await traced(app, () => confirm(founder, member))
  const colleagues = await client.get('/v1/members')

  expect([reply.status, reply.headers['etag'], reply.body.status]).toEqual([200, '"2"', 'active'])
  expect(colleagues.body.items.find(({ id }: { id: string }) => id === member.user_id).profile.name).toBe(
    'Somebody new',
  )
  expect(await grantsOf(member.user_id)).toBe(3)
  expect(told(events)).toEqual(['member.confirm done'])
  expect(events[0]?.subjects).toContainEqual({ table: 'members', id: member.user_id })
  expect(events[0]?.subjects).toContainEqual({ table: 'keyring_grants', id: member.user_id })
})

test('what the confirming coordinator does not hold is granted by the next one who does and signs in', async () => {
  const member = await joined(app, coordinator, { roles: ['monitor'], is_intake: true })
  await confirm(coordinator, member)
  const before = await grantsOf(member.user_id)

  await app.signIn('intake')

  expect(before).toBe(2)
  expect(await grantsOf(member.user_id)).toBe(3)
})

test('a fingerprint that differs is refused and written down', async () => {
  const member = await joined(app, coordinator, { roles: ['monitor'] })

  const { reply, events } = await traced(app, () =>
    confirm(coordinator, { ...member, fingerprint: app.person('monitor').fingerprint }),
  )

  expect([reply.status, reply.body.type]).toEqual([422, '/problems/wrong-fingerprint'])
  expect(told(events)).toEqual(['member.confirm failed'])
  expect(await grantsOf(member.user_id)).toBe(0)
})

test('a member is confirmed once', async () => {
  const member = await confirmed(app, coordinator, { roles: ['monitor'] })

  const again = await confirm(coordinator, member, 2)

  expect([again.status, again.body.type]).toEqual([409, '/problems/already-confirmed'])
})

test('of five coordinators who confirm at once, one does', async () => {
  const member = await joined(app, coordinator, { roles: ['monitor'] })
  const by = [coordinator, founder, app.as('officer'), app.as('officer2'), coordinator]

  const replies = await Promise.all(by.map((client) => confirm(client, member)))

  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => [409, 412].includes(status))).toHaveLength(4)
})

test('the version must be named, and be the present one', async () => {
  const member = await joined(app, coordinator, { roles: ['monitor'] })
  const url = `/v1/members/${member.user_id}/confirm`
  const { fingerprint } = member

  const unnamed = await coordinator.post(url, { fingerprint })
  const odd = await coordinator.post(url, { fingerprint }, { 'if-match': 'W/"1"' })
  const stale = await coordinator.post(url, { fingerprint }, ifMatch(7))

  expect([unnamed.status, odd.status, stale.status]).toEqual([428, 400, 412])
  expect(odd.body.errors).toEqual([{ header: 'If-Match', detail: expect.any(String) }])
})

test('nobody confirms themselves, and only coordinators confirm', async () => {
  const member = await joined(app, coordinator, { roles: ['coordinator'] })
  const own = await signedIn(app, member.handle)
  const administrator = app.as('administrator')
  await administrator.token()

  const { reply: byOwn } = await traced(app, () => confirm(own, member))
  const { reply: byOther, events } = await traced(app, () => confirm(administrator, member))
  const me = await confirm(coordinator, { ...member, user_id: coordinator.id })

  expect([byOwn.status, byOther.status, me.status]).toEqual([403, 403, 403])
  expect(told(events)).toEqual(['member.confirm denied'])
})

test('members of another organisation do not exist; its founder does, for coordinators', async () => {
  const strangers = [app.as('monitor', 'away'), app.as('coordinator', 'away')]
  const awayFounder = app.as('founder', 'away')

  const hidden = await Promise.all(strangers.map(({ id }) => coordinator.get(`/v1/members/${id}`)))
  const absent = await coordinator.get(`/v1/members/${newId('users')}`)
  const { reply, events } = await traced(app, () =>
    confirm(coordinator, { ...app.person('monitor', 'away'), user_id: app.as('monitor', 'away').id }),
  )
  const forCoordinator = await coordinator.get(`/v1/members/${awayFounder.id}`)
  const forMonitor = await app.as('monitor').get(`/v1/members/${awayFounder.id}`)
  const changed = await change(coordinator, awayFounder.id, { is_intake: false })

  expect([...hidden, absent, reply].map(({ status }) => status)).toEqual([404, 404, 404, 404])
  expect({ ...hidden[0]?.body, instance: '' }).toEqual({ ...absent.body, instance: '' })
  expect(told(events)).toEqual(['member.confirm denied'])
  expect([forCoordinator.status, forCoordinator.body.profile]).toEqual([200, null])
  expect([forMonitor.status, changed.status]).toEqual([404, 403])
})

test('another organisation joins by its founder, whom a coordinator of the founding organisation confirms', async () => {
  const body = { profile: { name: 'Third, invented', country: 'UZ' } }
  const offer = await coordinator.post('/v1/organisations', body, { 'idempotency-key': 'third-organisation' })
  const repeated = await coordinator.post('/v1/organisations', body, { 'idempotency-key': 'third-organisation' })
  const { code, organisation_id } = offer.body.invitation
  const accepted = await app.stranger.post('/v1/invitations/accept', {
    code,
    handle: 'third-founder',
    passphrase: PASSPHRASE,
    profile: { name: 'Third founder' },
  })
  const byAnother = await confirm(app.as('coordinator', 'away'), accepted.body)
  const confirmation = await confirm(coordinator, accepted.body)
  const client = await withFactor(app, 'third-founder')
  const names = (await client.get('/v1/organisations')).body.items.map((o: { profile: object }) => o.profile)

  expect(repeated.body).toEqual(offer.body)
  expect([byAnother.status, byAnother.body.type]).toEqual([409, '/problems/key-not-confirmed'])
  expect([accepted.body.organisation_id, confirmation.status]).toEqual([organisation_id, 200])
  expect(names).toContainEqual({ name: 'Third, invented', country: 'UZ' })
  expect(names).toContainEqual({ name: 'Home, invented', country: 'KG' })
  expect((await client.get('/v1/members')).body.items).toHaveLength(1)
  expect((await client.post('/v1/invitations', { roles: ['monitor'] })).status).toBe(201)
})

test('roles and marks that were written into the database by hand make an account unconfirmed', async () => {
  const member = await confirmed(app, coordinator, { roles: ['monitor'] })
  const client = await signedIn(app, member.handle)
  const honest = (await client.get('/v1/members')).status
  await sql`update members set roles = '{coordinator,administrator}', is_intake = true where id = ${member.user_id}`.execute(
    app.database,
  )

  const forged = await client.get('/v1/members')
  await app.signIn('intake')
  const { standing } = (await client.get('/v1/me')).body

  expect([honest, forged.status, standing]).toEqual([200, 403, 'unconfirmed'])
  expect(await grantsOf(member.user_id)).toBe(2)
  expect(await versionOf(coordinator, member.user_id)).toBe(2)
})

test('a lawyer must set a second factor before anything else', async () => {
  const member = await confirmed(app, coordinator, { roles: ['lawyer'] })
  const session = await app.stranger.post('/v1/session', { handle: member.handle, passphrase: PASSPHRASE })
  const client = holding(app, session.body.access_token)

  const closed = await Promise.all([client.get('/v1/members'), client.get('/v1/cases'), client.get('/v1/programmes')])
  const open = await Promise.all([client.get('/v1/me'), client.get('/v1/me/second-factor')])

  expect(session.body.me.standing).toBe('second_factor_missing')
  expect(closed.map(({ status }) => status)).toEqual([403, 403, 403])
  expect(open.map(({ status }) => status)).toEqual([200, 200])
})

test('a confirmation that nobody could follow up to the founder is refused, not made', async () => {
  const member = await joined(app, coordinator, { roles: ['monitor'] })
  await putInBetween(7)

  const { reply, events } = await traced(app, () => confirm(coordinator, member))

  expect((await coordinator.get('/v1/me')).body.standing).toBe('full')
  expect([reply.status, reply.body.type]).toEqual([409, '/problems/key-not-confirmed'])
  expect(told(events)).toEqual(['member.confirm failed'])
})

/** So many coordinators, each confirmed by the one before, between the founder and the coordinator. */
async function putInBetween(count: number): Promise<void> {
  const { database } = app
  const rowOf = (id: string) =>
    sql<UserRow>`select * from users where id = ${id}`.execute(database).then(({ rows }) => rows[0])
  const founderRow = await rowOf(founder.id)
  const coordinatorRow = await rowOf(coordinator.id)
  const opened = founderRow && (await openWithPassphrase(founderRow, new Secret(app.person('founder').passphrase)))
  if (opened === undefined || coordinatorRow === undefined) throw new Error('the founder does not open')
  let signer: { id: string; signing: SigningKey } = { id: founder.id, signing: opened.secret.signing }
  const marks = {
    organisation_id: coordinatorRow.organisation_id,
    roles: ['coordinator'],
    is_intake: false,
    is_recovery_officer: false,
  }

  for (let link = 0; link < count; link += 1) {
    const id = newId('users')
    const { agreement, signing } = newUserSecret()
    const keys = { agreement_key: agreement.publicKey, signing_key: signing.publicKey }
    await sql`insert into users select (json_populate_record(u, ${JSON.stringify({
      id,
      handle_hash: hex(randomBytes(32)),
      agreement_key: hex(keys.agreement_key),
      signing_key: hex(keys.signing_key),
    })}::json)).* from users u where u.id = ${coordinator.id}`.execute(database)
    const confirmation = sign(signer.signing, ...confirmationParts({ id, ...marks, ...keys }))
    await sql`insert into members select (json_populate_record(m, ${JSON.stringify({
      id,
      confirmed_by: signer.id,
      confirmation: hex(confirmation),
    })}::json)).* from members m where m.id = ${coordinator.id}`.execute(database)
    signer = { id, signing }
  }
  const confirmation = sign(signer.signing, ...confirmationParts({ ...coordinatorRow, ...marks }))
  await sql`update members set confirmed_by = ${signer.id}, confirmation = ${confirmation} where id = ${coordinator.id}`.execute(
    database,
  )
}

const hex = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}`
