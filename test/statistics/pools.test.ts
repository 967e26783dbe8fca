import { beforeAll, describe, expect, test } from 'vitest'
import { idOf } from '../../src/platform/kernel/ids.ts'
import { startApp } from '../support/app.ts'
import { definition, filesIn, many, releasing, rowsOf, type Told } from './releasing.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const awayCoordinator = app.as('coordinator', 'away')
const { registered, declared, make, packageOf } = releasing(app)
const away = releasing({ ...app, as: (name: string) => app.as(name, 'away') })

const period = '2026-Q1'
const organisations = [coordinator.organisationId, awayCoordinator.organisationId]
const stewards = [coordinator.id, awayCoordinator.id]
const newPool = { definition, period, organisations, stewards }

const declare = (pool: object = newPool, by = coordinator) => by.post('/v1/statistics/pools', pool)
const bring = (id: string, by = coordinator, to = stewards) =>
  by.post(`/v1/statistics/pools/${id}/contributions`, { stewards: to })
async function count(id: string, by = coordinator) {
  const reply = await by.post(`/v1/statistics/pools/${id}/releases`, {})
  const last = reply.text.trim().split('\n\n').at(-1) ?? ''
  return {
    status: reply.status,
    body: reply.body,
    event: /^event: (.*)$/m.exec(last)?.[1],
    text: reply.text,
    id: idIn(last),
  }
}
const idIn = (event: string) => /"id":"([^"]*)"/.exec(event)?.[1] ?? ''
const sign = (id: string, by = coordinator) =>
  by.post(`/v1/statistics/releases/${id}/signatures`, {}, { 'if-match': '"1"' })

const theirs: Told[] = [
  { people: 80, country: 'TJ' },
  { people: 70, sex: 'female', country: 'TJ' },
  { people: 2, sex: 'female', country: 'KG' },
  { people: 60, country: 'UZ' },
]

beforeAll(async () => {
  for (const told of many) await registered(told)
  for (const told of theirs) await away.registered(told)
}, 120_000)

describe('a pool', () => {
  test('names two coordinators of two of its organisations, one of them the declarer’s', async () => {
    const lawyer = app.as('lawyer', 'away').id
    const replies = [
      await declare({ ...newPool, stewards: [coordinator.id, app.as('officer').id] }),
      await declare({ ...newPool, stewards: [coordinator.id, lawyer] }),
      await declare({ ...newPool, stewards: [coordinator.id, coordinator.id] }),
    ]

    expect(replies.map(({ status, body }) => [status, body.type])).toEqual(
      replies.map(() => [409, '/problems/not-stewards']),
    )
  })

  test('is read by coordinators with a seat, with what it asks', async () => {
    const { body } = await declare()

    expect(await awayCoordinator.get(`/v1/statistics/pools/${body.id}`)).toMatchObject({
      status: 200,
      body: { definition, period, status: 'open' },
    })
    expect((await app.as('officer').get('/v1/statistics/pools')).body.items).toHaveLength(1)
  })

  test('takes records only for the stewards whom the bringer names', async () => {
    const { body } = await declare()

    const reply = await bring(body.id, coordinator, [coordinator.id, app.as('officer').id])

    expect([reply.status, reply.body.type]).toEqual([409, '/problems/stewards-differ'])
  })

  test('is not counted before two organisations have brought their records', async () => {
    const { body } = await declare()
    await bring(body.id)

    const reply = await count(body.id)

    expect([reply.status, reply.body.type]).toEqual([409, '/problems/nothing-brought'])
    await app.database.updateTable('statistics_pools').set({ status: 'refused' }).where('id', '=', body.id).execute()
  })

  test('a steward put into its seats in the database is found before anything is sealed to them', async () => {
    const { body } = await declare()
    const intruder = idOf('users').parse(app.as('officer').id)
    await app.database
      .updateTable('statistics_pool_seats')
      .set({ steward_id: intruder })
      .where('pool_id', '=', body.id)
      .where('organisation_id', '=', idOf('organisations').parse(coordinator.organisationId))
      .execute()

    const reply = await bring(body.id, coordinator, [intruder, awayCoordinator.id])

    expect([reply.status, reply.body.type]).toEqual([409, '/problems/release-damaged'])
  })
})

describe('what was brought', () => {
  let pool: string
  let release: string
  beforeAll(async () => {
    pool = (await declare()).body.id
    const [mine, other] = [await bring(pool), await bring(pool, awayCoordinator)]
    if (mine.status !== 200 || other.status !== 200) throw new Error(`${mine.text} ${other.text}`)
  })

  test('is counted by a steward, and by nobody else', async () => {
    const officer = await count(pool, app.as('officer'))
    const steward = await count(pool)

    expect(officer.status).toBe(403)
    expect(steward.event).toBe('done')
    release = steward.id
  }, 120_000)

  test('is gone with its keys once it has been counted', async () => {
    const rows = await app.database
      .selectFrom('statistics_contributions')
      .selectAll()
      .where('pool_id', '=', idOf('statistics_pools').parse(pool))
      .execute()

    expect(rows).toEqual([])
    expect((await coordinator.get(`/v1/statistics/pools/${pool}`)).body.status).toBe('counted')
    expect((await bring(pool)).body.type).toBe('/problems/pool-closed')
  })

  test('counted again answers with the same release', async () => {
    expect(await count(pool, awayCoordinator)).toMatchObject({ event: 'done', id: release })
  })

  test('leaves when both stewards have signed, to all who have a seat; another coordinator cannot sign', async () => {
    const stranger = await sign(release, app.as('officer'))
    const first = await sign(release)
    const unsigned = await packageOf(release, awayCoordinator)
    const second = await sign(release, awayCoordinator)

    expect([stranger.status, first.status, unsigned.status]).toEqual([403, 200, 409])
    expect(second.body).toMatchObject({ status: 'released' })
    expect((await packageOf(release, app.as('officer'))).status).toBe(200)
  })

  test('is in the published figures, rounded, and the two of the other organisation are hidden or covered', async () => {
    const files = await filesIn((await packageOf(release)).bytes)
    const rows = rowsOf(files.get('victims-2026-q1.csv') ?? '')

    const cell = (sex: string, country: string) => rows.find((row) => row['sex'] === sex && row['country'] === country)
    expect(cell('_T', '_T')).toMatchObject({ value: '915' })
    for (const row of rows)
      if (row['status'] !== 'C') expect([Number(row['value']) % 5, Number(row['value_low']) >= 10]).toEqual([0, true])
    // Home knows its own 90 women in KG: what is shown of all must leave the others possible as none and as three.
    const women = cell('female', 'KG')
    if (women?.['status'] !== 'C')
      expect([Number(women?.['value_low']) <= 90, Number(women?.['value_high']) >= 93]).toEqual([true, true])
  })

  test('a table of the same quarter of one of them is refused from then on', async () => {
    const reply = await make(await declared())

    expect([reply.status, reply.body.type]).toEqual([409, '/problems/overlaps-release'])
  })
})

describe('an organisation’s own earlier table', () => {
  test('is a fact of the pool where it is part of it, and keeps its records at home where it is not', async () => {
    for (const told of many) await registered(told, '2025-05-10')
    for (const told of many) await away.registered(told, '2025-05-10')
    const part = await declared()
    if ((await make(part, '2025-Q2')).events.at(-1)?.event !== 'done') throw new Error('was not released')
    const wide = (await declare({ ...newPool, period: '2025-Q2' })).body.id
    const narrow = (await declare({ ...newPool, period: '2025-Q2', definition: { ...definition, margins: 1 } })).body.id

    const refused = await bring(narrow)
    const brought = [await bring(wide), await bring(wide, awayCoordinator)]

    expect([refused.status, refused.body.type]).toEqual([409, '/problems/overlaps-release'])
    expect(brought.map(({ status }) => status)).toEqual([200, 200])
    expect((await count(wide)).event).toMatch(/done|refused/)
  }, 120_000)
})

test('a coordinator who is no steward opens nothing that another organisation brought, with all of the database', async () => {
  const { body } = await declare({ ...newPool, period: '2024-Q1' })
  await away.registered({ people: 3 }, '2024-02-10')
  await bring(body.id, awayCoordinator)

  const wraps = await app.database
    .selectFrom('record_keys as r')
    .innerJoin('statistics_contributions as c', 'c.id', 'r.record_id')
    .innerJoin('keyrings as k', 'k.id', 'r.keyring_id')
    .select(['k.kind', 'k.owner_id'])
    .where('c.pool_id', '=', body.id)
    .execute()

  expect(wraps.map(({ kind }) => kind)).toEqual(['personal', 'personal'])
  expect(wraps.map(({ owner_id }) => owner_id).sort()).toEqual([...stewards].sort())
})
