import { beforeAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { definition, many, releasing } from './releasing.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const { registered, declared, make } = releasing(app)

const known = {
  population: 'victims',
  period: '2026-Q1',
  at: { country: 'KG' },
  low: 210,
  high: 210,
  source: 'Invented: a speech of the head of the coalition',
}

const enter = (figure: object) => coordinator.post('/v1/statistics/public-figures', { figure })
const remove = (id: string) => coordinator.delete(`/v1/statistics/public-figures/${id}`)

beforeAll(async () => {
  for (const told of many) await registered(told)
}, 60_000)

test('is entered, listed and taken back', async () => {
  const { status, body } = await enter(known)
  const listed = await coordinator.get('/v1/statistics/public-figures')
  const removed = await remove(body.id)

  expect([status, body.figure]).toEqual([201, known])
  expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([body.id])
  expect(removed.status).toBe(204)
  expect((await coordinator.get('/v1/statistics/public-figures')).body.items).toEqual([])
})

test.each([
  [{ ...known, low: 220 }],
  [{ ...known, at: { country: 'ZZ' } }],
  [{ ...known, at: { violation: 'torture', violation_family: 'torture' } }],
  [{ ...known, source: '' }],
])('what cannot be a figure is refused: %j', async (figure) => {
  expect((await enter(figure)).status).toBe(400)
})

test('with it beside the table, a small rest is not found by subtraction', async () => {
  const cube = await declared()
  const { body } = await enter({ ...known, at: { country: 'KZ', sex: 'female' }, low: 70, high: 70 })
  const men = await enter({ ...known, at: { country: 'KZ', sex: 'male' }, low: 80, high: 80 })

  const { events } = await make(cube)

  const { figures } = (await coordinator.get(`/v1/statistics/releases/${events.at(-1)?.data.id}`)).body.entry
  const all = figures.find(({ at }: { at: string[] }) => at.join() === '_T,KZ').shown
  const least = (all?.low ?? 150) - 150
  const most = (all?.high ?? 10_000) - 150
  expect([least <= 0, most >= 10]).toEqual([true, true])
  await remove(body.id)
  await remove(men.body.id)
}, 60_000)

test('one that contradicts the records lets nothing out', async () => {
  const cube = await declared({ ...definition, dimensions: ['country'], codes: { country: ['KG'] }, margins: 1 })
  await registered({ people: 300 }, '2025-05-10')
  const { body } = await enter({ ...known, period: '2025-Q2', at: {}, low: 12, high: 12 })

  const { events } = await make(cube, '2025-Q2')

  expect(events.at(-1)?.event).toBe('refused')
  await remove(body.id)
}, 60_000)

test('a code that the cube does not tell apart is named as the reason', async () => {
  const cube = await declared({ ...definition, dimensions: ['country'], codes: { country: ['TJ'] }, margins: 1 })
  const { body } = await enter({ ...known, period: '2025-Q3' })

  const reply = await make(cube, '2025-Q3')

  expect([reply.status, reply.body.type]).toEqual([409, '/problems/public-figure-beside'])
  await remove(body.id)
})
