import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { ifMatch } from '../support/client.ts'
import { reportOf, submitted } from '../incidents/reports.ts'
import {
  change,
  confirmed,
  counted,
  holders,
  holding,
  joined,
  keyringNow,
  PASSPHRASE,
  queuedBehind,
  remove,
  signedIn,
  told,
  traced,
  versionOf,
} from '../identity/support.ts'

const app = await startApp()
const founder = app.as('founder')
const coordinator = app.as('coordinator')
const administrator = app.as('administrator')
const monitor = app.as('monitor')
const home = founder.organisationId
await Promise.all([founder, coordinator, administrator, monitor].map((client) => client.token()))
/** Who holds the current root of the intake. */
const intakeOf = async () =>
  (await holders(app, home, 'intake'))[String((await keyringNow(app, home, 'intake')).version)] ?? []

const narrativeFor = async (reader: Client, id: string) => {
  const { status, body } = await reader.get(`/v1/incidents/${id}`)
  return status === 200 ? (body.narrative?.summary ?? null) : status
}

test('whoever loses the intake mark reads no report, and the intake gets a new root', async () => {
  const member = await confirmed(app, founder, { roles: ['monitor'], is_intake: true })
  const client = await signedIn(app, member.handle)
  const { id } = await submitted(monitor)
  const before = await keyringNow(app, home, 'intake')
  const couldRead = await narrativeFor(client, id)

  const { reply, events } = await traced(app, () => change(founder, member.user_id, { is_intake: false }))
  const after = await keyringNow(app, home, 'intake')

  expect(couldRead).toBe(reportOf().narrative.summary)
  expect(reply.body).toMatchObject({ is_intake: false, roles: ['monitor'], version: 3 })
  expect(await narrativeFor(client, id)).toBe(404)
  expect(await narrativeFor(app.as('intake'), id)).toBe(couldRead)
  expect(after).toEqual({ version: before.version + 1, under: [before.version + 1] })
  expect(await intakeOf()).not.toContain(member.user_id)
  expect(told(events)).toEqual(['member.read done', 'member.change done'])
  expect(events[1]?.subjects).toContainEqual({ table: 'members', id: member.user_id })
})

test('whoever gains the mark reads what came before', async () => {
  const { id } = await submitted(monitor)
  const member = await confirmed(app, coordinator, { roles: ['monitor'] })
  const client = await signedIn(app, member.handle)

  await change(founder, member.user_id, { is_intake: true })

  expect(await narrativeFor(client, id)).toBe(reportOf().narrative.summary)
})

test('a change names its version, and of two at once one is made', async () => {
  const member = await confirmed(app, coordinator, { roles: ['monitor'] })
  const url = `/v1/members/${member.user_id}`

  const unnamed = await coordinator.patch(url, { is_intake: true })
  const both = await Promise.all(
    [coordinator, founder].map((by) => by.patch(url, { roles: ['monitor', 'clinician'] }, ifMatch(2))),
  )

  expect(unnamed.status).toBe(428)
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
})

test('an unconfirmed member cannot be changed, and nobody changes themselves', async () => {
  const member = await joined(app, coordinator, { roles: ['monitor'] })

  const early = await change(coordinator, member.user_id, { is_intake: true })
  const own = await change(coordinator, coordinator.id, { is_intake: true })
  const { reply: byMonitor, events } = await traced(app, () =>
    monitor.patch(`/v1/members/${member.user_id}`, { is_intake: true }, ifMatch(1)),
  )

  expect([early.status, early.body.type]).toEqual([409, '/problems/not-confirmed-yet'])
  expect([own.status, byMonitor.status]).toEqual([403, 403])
  expect(told(events)).toEqual(['member.change denied'])
})

test('a coordinator who vouches for others must stay one', async () => {
  const refused = await change(coordinator, founder.id, { roles: ['monitor'] })
  const idle = await change(founder, app.as('officer2').id, { roles: ['clinician'] })

  expect([refused.status, refused.body.type]).toEqual([409, '/problems/still-vouches'])
  expect([idle.status, idle.body.roles]).toEqual([200, ['clinician']])
})

test('a demotion and a confirmation at once never leave a confirmation that hangs in the air', async () => {
  const officer = app.as('officer')
  await officer.token()
  const member = await joined(app, founder, { roles: ['monitor'] })

  const [confirmation, demotion] = await Promise.all([
    officer.post(`/v1/members/${member.user_id}/confirm`, { fingerprint: member.fingerprint }, ifMatch(1)),
    change(founder, officer.id, { roles: ['clinician'] }),
  ])
  const { standing } = (await (await signedIn(app, member.handle)).get('/v1/me')).body

  const isConfirmed = confirmation.status === 200
  expect(demotion.status).toBe(isConfirmed ? 409 : 200)
  expect(standing).toBe(isConfirmed ? 'full' : 'unconfirmed')
})

test('reports arrive after the coordinator who last rotated the intake has become a lawyer', async () => {
  const rotating = await confirmed(app, founder, { roles: ['monitor'], is_intake: true })
  expect((await remove(administrator, rotating.user_id)).status).toBe(200)
  const signer = await sql<{ signed_by: string }>`
    select signed_by from keyring_versions v join keyrings k on k.id = v.keyring_id and k.version = v.version
     where k.kind = 'intake' and k.organisation_id = ${home}`.execute(app.database)

  const demoted = await change(founder, administrator.id, { roles: ['lawyer'] })
  const report = await monitor.post('/v1/incidents', reportOf())
  const back = await change(founder, administrator.id, { roles: ['administrator'] })

  expect(signer.rows).toEqual([{ signed_by: administrator.id }])
  expect([demoted.status, report.status, back.status]).toEqual([200, 201, 200])
  expect(await narrativeFor(founder, report.body.id)).toBe(reportOf().narrative.summary)
})

test('a removed member is out at once, sessions and passphrase alike', async () => {
  const { handle, user_id } = await confirmed(app, founder, { roles: ['monitor'], is_intake: true })
  const open = () => app.stranger.post('/v1/session', { handle, passphrase: PASSPHRASE })
  const { access_token, refresh_token } = (await open()).body

  const { reply, events } = await traced(app, () => founder.delete(`/v1/members/${user_id}`, ifMatch(2)))

  expect(reply.body).toEqual({ id: user_id, version: 3, cases_kept: [] })
  const tries = [
    await holding(app, access_token).get('/v1/me'),
    await app.stranger.post('/v1/session/refresh', { refresh_token }),
    await open(),
  ]
  expect(tries.map(({ status }) => status)).toEqual([401, 401, 401])
  expect(told(events)).toEqual(['member.remove done'])
  const subjects = events[0]?.subjects.map(({ table }) => table) ?? []
  expect(subjects).toEqual(expect.arrayContaining(['members', 'users', 'keyrings']))
  expect(subjects.filter((table) => table === 'keyrings')).toHaveLength(3)
})

test('a removal gives every shared keyring a new root, and nothing is lost to those who stay', async () => {
  const { id } = await submitted(monitor)
  const member = await confirmed(app, founder, { roles: ['monitor'], is_intake: true })
  const now = () => Promise.all(['directory', 'intake'].map((kind) => keyringNow(app, home, kind)))
  const before = (await now()).map(({ version }) => version + 1)

  await remove(founder, member.user_id)
  const later = await submitted(monitor)

  expect(await now()).toEqual(before.map((version) => ({ version, under: [version] })))
  const left = sql<{ count: string }>`select count(*) from keyring_grants g join keyrings k on k.id = g.keyring_id
    where g.user_id = ${member.user_id} and k.kind <> 'personal'`
  expect(await counted(app, left)).toBe(0)
  for (const reader of [founder, app.as('intake')])
    for (const report of [id, later.id]) expect(await narrativeFor(reader, report)).toBe(reportOf().narrative.summary)
  const { items } = (await monitor.get('/v1/members')).body
  expect(items.map(({ profile }: { profile: unknown }) => profile)).not.toContain(null)
})

test('when an administrator removes, the record keys follow at the sign-in of the next who holds the keyring', async () => {
  const { id } = await submitted(monitor)
  const member = await confirmed(app, founder, { roles: ['monitor'], is_intake: true })
  await signedIn(app, member.handle)
  const before = await keyringNow(app, home, 'intake')

  await remove(administrator, member.user_id)
  const meanwhile = await submitted(monitor)
  const unsettled = await keyringNow(app, home, 'intake')
  const readUnsettled = await narrativeFor(app.as('intake'), id)
  await app.signIn('intake')
  const settled = await keyringNow(app, home, 'intake')

  const next = before.version + 1
  expect(unsettled).toEqual({ version: next, under: [before.version, next] })
  expect(settled).toEqual({ version: next, under: [next] })
  expect(Object.keys(await holders(app, home, 'intake'))).toEqual([String(next)])
  expect(await intakeOf()).not.toContain(administrator.id)
  for (const report of [id, meanwhile.id])
    expect([readUnsettled, await narrativeFor(app.as('intake'), report), await narrativeFor(founder, report)]).toEqual(
      Array(3).fill(reportOf().narrative.summary),
    )
})

test('of two removals at once the second does not hand the new roots to the one whom the first removed', async () => {
  const pair = [
    await confirmed(app, founder, { roles: ['monitor'], is_intake: true }),
    await confirmed(app, founder, { roles: ['monitor'], is_intake: true }),
  ]
  const ids = pair.map(({ user_id }) => user_id)

  const replies = await queuedBehind(
    app,
    `select from keyrings where kind in ('coalition', 'directory', 'intake', 'statistics') for update`,
    ids.map((id, at) => () => (at === 0 ? founder : administrator).delete(`/v1/members/${id}`, ifMatch(2))),
  )
  await app.signIn('intake')

  expect(replies.map(({ status }) => status)).toEqual([200, 200])
  for (const kind of ['coalition', 'directory', 'intake'])
    expect(
      Object.values(await holders(app, home, kind))
        .flat()
        .filter((id) => ids.includes(id)),
    ).toEqual([])
  const { version, under } = await keyringNow(app, home, 'intake')
  expect(under).toEqual([version])
})

test('the founder and the last reader of the intake stay; an unconfirmed member goes without a rotation', async () => {
  const anchored = await remove(coordinator, founder.id)
  const others = (await intakeOf()).filter((id) => id !== app.as('intake').id)
  for (const id of others) expect((await change(coordinator, id, { is_intake: false })).status).toBe(200)
  const before = await keyringNow(app, home, 'directory')

  const { reply: last, events } = await traced(app, () => change(founder, app.as('intake').id, { is_intake: false }))
  const lastRemoved = await remove(administrator, app.as('intake').id)
  const newcomer = await joined(app, coordinator, { roles: ['monitor'] })
  const early = await remove(coordinator, newcomer.user_id)

  expect([anchored.status, anchored.body.type]).toEqual([409, '/problems/cannot-remove-founder'])
  expect([last.status, last.body.type]).toEqual([409, '/problems/last-reader'])
  expect(told(events).at(-1)).toBe('member.change failed')
  expect([lastRemoved.status, lastRemoved.body.type]).toEqual([409, '/problems/last-reader'])
  expect(early.status).toBe(200)
  expect(await keyringNow(app, home, 'directory')).toEqual(before)
  expect(await versionOf(coordinator, app.as('intake').id)).toBe(2)
})
