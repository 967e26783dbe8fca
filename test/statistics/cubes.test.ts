import { beforeAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { definition, many, releasing } from './releasing.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const { registered, declared, make } = releasing(app)

beforeAll(async () => {
  await registered({ people: 80 })
  await registered({ people: 2, sex: 'female', violations: ['torture_physical', 'liberty_unrecorded_detention'] })
  await registered({ people: 40, consent: 'refused' })
}, 60_000)

test('a cube is declared, read, changed to its next version, and listed', async () => {
  const id = await declared()
  const next = { ...definition, margins: 1 }

  const changed = await coordinator.put(`/v1/statistics/cubes/${id}`, { definition: next }, ifMatch(1))
  const stale = await coordinator.put(`/v1/statistics/cubes/${id}`, { definition: next }, ifMatch(1))

  expect([changed.status, stale.status]).toEqual([200, 412])
  expect((await coordinator.get(`/v1/statistics/cubes/${id}`)).body).toMatchObject({ version: 2, definition: next })
  expect((await coordinator.get('/v1/statistics/cubes')).body.items).toHaveLength(1)
})

test.each([
  ['a dimension of another population', { dimensions: ['kind'], codes: {} }],
  ['the same codes at two levels', { dimensions: ['violation', 'violation_family'], codes: {} }],
  ['a dimension twice', { dimensions: ['sex', 'sex'], codes: {} }],
  ['more margins than dimensions', { dimensions: ['sex'], margins: 2, codes: {} }],
  ['a region without how many people could be in a cell', { dimensions: ['region'], margins: 1, codes: {} }],
  ['more cells than can be protected', { dimensions: ['violation', 'region'], codes: {}, candidate_pool: 1_000_000 }],
  ['codes that are not in the list', { codes: { sex: ['men'] } }],
  ['codes of a dimension that is not in it', { codes: { age_band: ['25_34'] } }],
  ['a filter', { where: { country: 'KG' } }],
])('refuses %s', async (_what, change) => {
  const { status, body } = await coordinator.post('/v1/statistics/cubes', { definition: { ...definition, ...change } })

  expect([status, body.type]).toEqual([400, '/problems/invalid-request'])
})

test('every preset can be declared once it is told how many people could be in a cell', async () => {
  const { body } = await coordinator.get('/v1/statistics/presets')

  for (const preset of body.items) await declared({ ...preset.definition, candidate_pool: 100_000 })
  expect(body.items).toHaveLength(6)
})

test('a trial tells how much would be hidden, and leaves nothing behind', async () => {
  for (const told of many) await registered(told, '2025-02-01')
  const id = await declared()

  const { status, body } = await coordinator.post(`/v1/statistics/cubes/${id}/trials`, { period: '2025-Q1' })

  expect([status, body.outcome]).toEqual([200, 'passes'])
  expect(body.cells_shown).toBeLessThan(body.cells)
  expect((await coordinator.get('/v1/statistics/releases')).body.items).toEqual([])
}, 60_000)

test('the counts of one’s own organisation are shown as they are, to look at, and each look is written down', async () => {
  const look = await coordinator.get('/v1/statistics/counts?population=victims&by=violation_family,sex&from=2026-01-01')
  const away = await app.as('coordinator', 'away').get('/v1/statistics/counts?population=victims&by=sex')

  expect(look.body.counts).toEqual([
    { codes: ['liberty', 'male'], count: 80 },
    { codes: ['several', 'female'], count: 2 },
  ])
  expect([away.status, away.body.counts]).toEqual([200, []])
  const events = await app.database.selectFrom('audit_events').select('body').execute()
  const looks = events.map(({ body }) => JSON.parse(body)).filter(({ action }) => action === 'statistics.look')
  expect(looks.find(({ actor_id }) => actor_id === coordinator.id).opened['incidents.facts']).toHaveLength(3)
})

test('acts count each violation of a person, at most three', async () => {
  const { body } = await coordinator.get('/v1/statistics/counts?population=acts&by=violation_family&from=2026-01-01')

  expect(body.counts).toEqual([
    { codes: ['liberty'], count: 82 },
    { codes: ['torture'], count: 2 },
  ])
})

test('refuses strange looks and periods', async () => {
  const id = await declared()
  const statuses = [
    (await coordinator.get('/v1/statistics/counts?population=victims&by=kind')).status,
    (await coordinator.get('/v1/statistics/counts?population=victims&by=sex,country,age_band')).status,
    (await coordinator.get('/v1/statistics/counts?population=people&by=sex')).status,
    (await make(id, '2026-13')).status,
    (await make(id, '2026-Q5')).status,
  ]

  expect(statuses).toEqual([400, 400, 400, 400, 400])
})
