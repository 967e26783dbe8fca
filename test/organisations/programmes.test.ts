import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { told, traced } from '../identity/support.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const lawyer = app.as('lawyer')
const away = app.as('coordinator', 'away')
await Promise.all(
  [coordinator, lawyer, away, app.as('monitor'), app.as('administrator')].map((client) => client.token()),
)

const programme = {
  starts_on: '2026-01-01',
  ends_on: '2027-12-31',
  profile: { name: 'Rehabilitation, invented', donor: 'A fund', countries: ['KG', 'TJ'] },
}

test('a programme is read by those who work on cases, and by nobody elsewhere', async () => {
  const { reply, events } = await traced(app, () => coordinator.post('/v1/programmes', programme))
  const { reply: read, events: reading } = await traced(app, () => lawyer.get('/v1/programmes'))
  const elsewhere = await away.get('/v1/programmes')

  expect([reply.status, reply.headers['etag']]).toEqual([201, '"1"'])
  expect(reply.body).toMatchObject({ ...programme, version: 1, organisation_id: coordinator.organisationId })
  expect(read.body.items).toEqual([reply.body])
  expect(elsewhere.body.items).toEqual([])
  expect(told(events)).toEqual(['programme.create done'])
  expect(events[0]?.subjects).toEqual([
    { table: 'programmes', id: reply.body.id, ciphertext_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ])
  expect(reading[0]).toMatchObject({ outcome: 'done', opened: { 'programmes.profile': [reply.body.id] } })
})

test('only coordinators add programmes; monitors and administrators do not see them', async () => {
  const { reply: refused, events } = await traced(app, () => lawyer.post('/v1/programmes', programme))
  const hidden = await Promise.all([app.as('monitor'), app.as('administrator')].map((by) => by.get('/v1/programmes')))

  expect([refused, ...hidden].map(({ status }) => status)).toEqual([403, 403, 403])
  expect(told(events)).toEqual(['programme.create denied'])
})

test.each([
  [{ ends_on: '2025-12-31' }, '#/ends_on'],
  [{ starts_on: '2026-02-30' }, '#/starts_on'],
  [{ profile: { name: '   ' } }, '#/profile/name'],
  [{ profile: { name: 'x', countries: ['Atlantis'] } }, '#/profile/countries/0'],
  [{ profile: { name: 'x'.repeat(201) } }, '#/profile/name'],
])('a programme with %j is refused at %s', async (wrong, pointer) => {
  const { status, body } = await coordinator.post('/v1/programmes', { ...programme, ...wrong })

  expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([400, [pointer]])
})

test('the organisations of the coalition are read by every member, their people by their own', async () => {
  const clients = [app.as('monitor'), app.as('administrator'), app.as('monitor', 'away')]

  const lists = await Promise.all(clients.map((by) => by.get('/v1/organisations')))
  const [homeList, , awayList] = await Promise.all(clients.map((by) => by.get('/v1/members')))
  const ids = (list: typeof homeList) => list?.body.items.map(({ id }: { id: string }) => id)

  for (const { body } of lists)
    expect(body.items.map(({ profile }: { profile: object }) => profile)).toEqual(
      expect.arrayContaining([
        { name: 'Home, invented', country: 'KG' },
        { name: 'Away', country: 'TJ' },
      ]),
    )
  expect(ids(homeList)).toHaveLength(10)
  expect(ids(awayList)).toHaveLength(6)
  expect(ids(homeList).filter((id: string) => ids(awayList).includes(id))).toEqual([])
  expect(homeList?.body.items.map(({ profile }: { profile: unknown }) => profile)).not.toContain(null)
})
