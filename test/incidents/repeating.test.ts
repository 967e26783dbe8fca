import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { kinds, reportOf, submitted } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')

async function countIncidents(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from incidents`.execute(app.database)
  return rows[0]?.count ?? 0
}

const key = (name: string) => ({ 'idempotency-key': `repeating-${name}` })

test('the same key with the same report answers the same receipt', async () => {
  const first = await monitor.post('/v1/incidents', reportOf(), key('same'))
  const again = await monitor.post('/v1/incidents', reportOf(), key('same'))

  expect(again).toMatchObject({ status: 201, body: first.body })
})

test('the same key with another report is refused', async () => {
  const other = reportOf()
  other.narrative.account = 'Другой рассказ.'
  await monitor.post('/v1/incidents', reportOf(), key('other'))

  const { status, body } = await monitor.post('/v1/incidents', other, key('other'))

  expect([status, body.type]).toEqual([422, '/problems/idempotency-key-reused'])
})

test('twenty requests at once under one key make one report', async () => {
  const before = await countIncidents()

  const replies = await Promise.all(
    Array.from({ length: 20 }, () => monitor.post('/v1/incidents', reportOf(), key('parallel'))),
  )

  expect(await countIncidents()).toBe(before + 1)
  expect(new Set(replies.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
})

const batchOf = (name: string, ...reports: unknown[]) => ({
  reports: reports.map((report, at) => ({ key: `${name}-key-${at}`, report })),
})

test('each report of a batch has its own outcome, and a bad one does not spoil the others', async () => {
  const bad = reportOf()
  bad.facts.place.region = 'KG-O'
  const before = await countIncidents()

  const { status, body } = await monitor.post(
    '/v1/incidents/batch',
    batchOf('batch', reportOf(), bad, 'nonsense', reportOf('other')),
  )

  expect(status).toBe(200)
  expect(body.outcomes).toEqual([
    { key: 'batch-key-0', status: 201, receipt: expect.objectContaining({ status: 'submitted' }) },
    {
      key: 'batch-key-1',
      status: 400,
      problem: {
        type: '/problems/invalid-request',
        title: 'The request is not valid',
        status: 400,
        errors: [{ pointer: '#/facts/place/region', detail: 'is not a region of the country' }],
      },
    },
    { key: 'batch-key-2', status: 400, problem: expect.objectContaining({ status: 400 }) },
    { key: 'batch-key-3', status: 201, receipt: expect.objectContaining({ status: 'submitted' }) },
  ])
  expect(await countIncidents()).toBe(before + 2)
  expect((await intake.get(`/v1/incidents/${body.outcomes[3].receipt.id}`)).body.facts.kind).toBe('other')
})

test('a batch sent again answers as before; a report mended meanwhile is taken', async () => {
  const bad = { ...reportOf(), narrative: {} }
  const reports = (second: unknown) => ({
    reports: [
      { key: 'again-key-0', report: reportOf() },
      { key: 'again-key-1', report: second },
    ],
  })
  const first = await monitor.post('/v1/incidents/batch', reports(bad))
  const before = await countIncidents()

  const second = await monitor.post('/v1/incidents/batch', reports(reportOf()))
  const third = await monitor.post('/v1/incidents/batch', reports(reportOf()))

  expect(first.body.outcomes.map((outcome: { status: number }) => outcome.status)).toEqual([201, 400])
  expect(second.body.outcomes[0]).toEqual(first.body.outcomes[0])
  expect(second.body.outcomes[1].status).toBe(201)
  expect(third.body).toEqual(second.body)
  expect(await countIncidents()).toBe(before + 1)
})

test('a key of a batch taken for another report is that report’s problem alone', async () => {
  const report = reportOf()
  report.narrative.summary = 'Другое событие'
  await monitor.post('/v1/incidents', reportOf(), key('shared'))

  const { body } = await monitor.post('/v1/incidents/batch', {
    reports: [
      { key: 'repeating-shared', report },
      { key: 'repeating-fresh', report },
    ],
  })

  expect(body.outcomes.map((outcome: { status: number }) => outcome.status)).toEqual([422, 201])
})

test('a report that went out alone is not doubled by a batch with its key', async () => {
  const alone = await monitor.post('/v1/incidents', reportOf(), key('alone'))

  const { body } = await monitor.post('/v1/incidents/batch', {
    reports: [{ key: 'repeating-alone', report: reportOf() }],
  })

  expect(body.outcomes[0]).toEqual({ key: 'repeating-alone', status: 201, receipt: alone.body })
})

test('a hundred reports go through; a hundred and one, none, a bad key or a huge one do not', async () => {
  const hundred = batchOf('hundred', ...Array.from({ length: 100 }, (_, at) => reportOf(kinds[at % kinds.length])))
  const huge = reportOf()
  huge.legal.readings = Array.from({ length: 100 }, () => ({
    article: 'CAT-1',
    certainty: 'low',
    note: 'ё'.repeat(1_000),
  }))
  huge.narrative.account = 'ё'.repeat(20_000)
  huge.narrative.official_version = 'ё'.repeat(4_000)
  huge.legal.notes = 'ё'.repeat(4_000)

  const taken = await monitor.post('/v1/incidents/batch', hundred)
  const refused = await Promise.all([
    monitor.post('/v1/incidents/batch', batchOf('surplus', ...Array.from({ length: 101 }, () => ({})))),
    monitor.post('/v1/incidents/batch', { reports: [] }),
    monitor.post('/v1/incidents/batch', { reports: [{ key: 'a b', report: {} }] }),
  ])
  const tooMuch = await monitor.post('/v1/incidents/batch', { reports: [{ key: 'huge-key-1', report: huge }] })

  expect(taken.body.outcomes.every((outcome: { status: number }) => outcome.status === 201)).toBe(true)
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400])
  expect(tooMuch.body.outcomes[0].status).toBe(413)
})

test('the receipts of a batch read like those of single reports', async () => {
  const single = await submitted(monitor)

  const { body } = await monitor.post('/v1/incidents/batch', { reports: [{ key: 'alike-key-1', report: reportOf() }] })

  expect(Object.keys(body.outcomes[0].receipt)).toEqual(Object.keys(single))
})
