import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { counted, invited, PASSPHRASE, told, traced } from '../identity/support.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
await coordinator.token()
const wish = { roles: ['monitor'] }
const profile = { name: 'Temir Invented', email: 'temir.invented@example.org' }

const accept = (code: string, more: object = {}) =>
  app.stranger.post('/v1/invitations/accept', { code, profile, passphrase: PASSPHRASE, ...more })

test('an invitation shows its code once, and is good for 72 hours', async () => {
  const { reply, events } = await traced(app, () => coordinator.post('/v1/invitations', wish))
  const { items } = (await coordinator.get('/v1/invitations')).body

  const hours = (Date.parse(reply.body.expires_at) - app.services.now().getTime()) / 3_600_000
  const listed = items.find(({ id }: { id: string }) => id === reply.body.id)
  expect(hours).toBeGreaterThan(71.9)
  expect(hours).toBeLessThanOrEqual(72)
  expect(listed).toMatchObject({ roles: ['monitor'], is_founder: false })
  expect(Object.keys(listed)).not.toContain('code')
  expect(told(events)).toEqual(['invitation.create done'])
  expect(events[0]?.subjects).toEqual([{ table: 'invitations', id: reply.body.id }])
})

test('whoever accepts without handle and passphrase is given both, once', async () => {
  const code = await invited(coordinator, wish)

  const { reply, events } = await traced(app, () =>
    app.stranger.post('/v1/invitations/accept', { code: code.toLowerCase().replaceAll('-', ' '), profile }),
  )
  const { handle, passphrase, user_id, fingerprint } = reply.body
  const session = await app.stranger.post('/v1/session', { handle, passphrase })

  expect(reply.status).toBe(201)
  expect(handle).toMatch(/^[0-9a-z]{8}$/)
  expect(passphrase.split(' ')).toHaveLength(7)
  expect(session.body.me).toMatchObject({ id: user_id, fingerprint, standing: 'unconfirmed' })
  expect(told(events)).toEqual(['invitation.accept done'])
  expect(events[0]).toMatchObject({ actor_id: user_id, organisation_id: coordinator.organisationId })
  expect(new Set(events[0]?.subjects.map(({ table }) => table))).toEqual(
    new Set(['users', 'invitations', 'keyrings', 'members']),
  )
})

test('an invitation works once', async () => {
  const code = await invited(coordinator, wish)
  await accept(code)

  const { reply, events } = await traced(app, () => accept(code))

  expect([reply.status, reply.body.type]).toEqual([410, '/problems/invitation-refused'])
  expect(told(events)).toEqual(['invitation.accept failed'])
})

test('an invitation that ran out is like one that never was', async () => {
  const code = await invited(coordinator, wish)
  await sql`update invitations set expires_at = now() - interval '1 second' where accepted_by is null`.execute(
    app.database,
  )

  const late = await accept(code)
  const unknown = await accept('7KQM-0XT2-9GWB-4HNC-8VPA-1RSE-6DZY')
  const { items } = (await coordinator.get('/v1/invitations')).body

  expect(late.status).toBe(410)
  expect({ ...late.body, instance: '' }).toEqual({ ...unknown.body, instance: '' })
  expect(items).toEqual([])
})

test.each(['the same handle', 'other handles'])(
  'of ten who accept one code at once with %s, one wins',
  async (kind) => {
    const code = await invited(coordinator, wish)
    const users = () => counted(app, sql`select count(*) from users`)
    const before = await users()
    const handleOf = (at: number) => (kind === 'other handles' ? `temir-${String(at)}` : 'temir-same')

    const replies = await Promise.all(Array.from({ length: 10 }, (_, at) => accept(code, { handle: handleOf(at) })))

    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(410)])
    expect(await users()).toBe(before + 1)
  },
)

test('another server than the one you were told of is noticed before anything is made', async () => {
  const code = await invited(coordinator, wish)
  const { anchor } = (await coordinator.get('/v1/me')).body

  const wrong = await accept(code, { anchor: app.person('coordinator').fingerprint })
  const right = await accept(code, { anchor })

  expect([wrong.status, wrong.body.type]).toEqual([422, '/problems/wrong-anchor'])
  expect([right.status, right.body.anchor]).toEqual([201, anchor])
})

test('a taken handle can be exchanged for another, with the same code', async () => {
  const code = await invited(coordinator, wish)

  const taken = await accept(code, { handle: 'HOME-monitor' })
  const free = await accept(code, { handle: 'home-monitor-too' })

  expect([taken.status, taken.body.type]).toEqual([409, '/problems/handle-taken'])
  expect(free.status).toBe(201)
})

test.each([
  ['too short', 'too_short'],
  ['a'.repeat(201), 'too_long'],
  ['aaaaaaaaaaaaaaaaaaaa', 'repetitive'],
  ['abcdefghijklmnopqrstuvwxyz', 'repetitive'],
  ['password password1', 'common'],
  ['temir likes to walk at night', 'contains_own_name'],
  ['my address is invented here', 'contains_own_name'],
  ['goes by k3m9-handle always', 'contains_own_name'],
])('the weak passphrase %j is refused: %s', async (passphrase, reason) => {
  const code = await invited(coordinator, wish)

  const { status, body, text } = await accept(code, { passphrase, handle: 'k3m9-handle' })

  expect([status, body.type, body.reason]).toEqual([422, '/problems/weak-passphrase', reason])
  expect(text).not.toContain(passphrase)
})

test('a field that does not exist is refused, and not dropped in silence', async () => {
  const code = await invited(coordinator, wish)

  const { status, body } = await accept(code, { profile: { name: 'Temir', e_mail: 'temir@example.org' } })

  expect([status, body.errors]).toEqual([400, [{ pointer: '#/profile', detail: 'unrecognized keys' }]])
})

test.each([
  ['a monitor', () => app.as('monitor'), 403],
  ['a lawyer', () => app.as('lawyer'), 403],
  ['an administrator', () => app.as('administrator'), 201],
])('%s gets %d for inviting', async (_who, by, status) => {
  const client = by()
  await client.token()

  const { reply, events } = await traced(app, () => client.post('/v1/invitations', wish))

  expect(reply.status).toBe(status)
  expect(told(events)).toEqual([`invitation.create ${status === 201 ? 'done' : 'denied'}`])
})
