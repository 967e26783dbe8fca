import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { toCsv } from '../../src/statistics/csv.ts'
import { countVictims, type Victim } from '../../src/statistics/count.ts'
import { handling } from '../incidents/handling.ts'
import { reportOf, submitted } from '../incidents/reports.ts'
import { startApp } from '../support/app.ts'

const app = await startApp()
const monitor = app.as('monitor')
const coordinator = app.as('coordinator')
const { triage } = handling(app)

type Told = { people: number; violations?: string[]; country?: string; occurred?: object }

function told({ people, violations = ['liberty_unrecorded_detention'], country = 'KG', occurred }: Told) {
  const report = reportOf('arbitrary_detention')
  const victim = people === 1 ? { sort: 'person' } : { sort: 'group', count: people }
  return {
    ...report,
    identity: { parties: [] },
    facts: {
      ...report.facts,
      occurred: occurred ?? { precision: 'year', from: '2023' },
      place: { country },
      parties: [{ ref: 'v1', roles: ['victim'], ...victim }],
      acts: violations.map((violation) => ({ violation, victim_ref: 'v1' })),
      sources: [],
    },
  }
}

async function accepted(report: Told): Promise<void> {
  const { id } = await submitted(monitor, told(report))
  await triage(id, { decision: 'accept' })
}

type Row = { violation: string; country: string; year: string; victims: string }

const rowsOf = (csv: string): Row[] => parse(csv, { comment: '#', columns: true })

async function exported(body: object = {}): Promise<{ csv: string; rows: Row[] }> {
  const reply = await coordinator.post('/v1/statistics/exports', body)
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
  return { csv: reply.text, rows: rowsOf(reply.text) }
}

const victims = (rows: readonly Row[], ...[violation, country, year]: string[]) =>
  rows.find((row) => row.violation === violation && row.country === country && row.year === year)?.victims

beforeAll(async () => {
  await accepted({ people: 40 })
  await accepted({ people: 30, country: 'TJ' })
  await accepted({ people: 25, country: 'TJ', occurred: { precision: 'day', from: '2024-05-02' } })
  await accepted({ people: 20, occurred: { precision: 'range', from: '2024-12', to: '2025-01' } })
  await accepted({ people: 10, violations: ['torture_physical', 'liberty_unrecorded_detention'] })
  await accepted({ people: 2, country: 'KZ', occurred: { precision: 'unknown' } })
  await submitted(monitor, told({ people: 500 }))
}, 60_000)

test('counts people of accepted reports, a group by its number, in the year in which it began', async () => {
  const { rows } = await exported()

  expect(victims(rows, 'total', 'total', 'total')).toBe(String(40 + 30 + 25 + 20 + 2 * 10 + 2))
  expect(rows.length).toBeGreaterThan(1)
})

test('says what is counted, and hides with one mark', async () => {
  const { csv, rows } = await exported()

  const marks = new Set(rows.map((row) => row.victims).filter((count) => !/^\d+$/.test(count)))
  expect([...marks]).toEqual(['c'])
  expect(csv).toMatch(/^# Unit: victims\..*\n(# .*\n)+violation,country,year,victims\n/)
  expect(csv).toContain('what was reported, not all that happened')
  expect(rows.filter((row) => Number(row.victims) < 5)).toEqual([])
})

test('does not name a code whose total is hidden', async () => {
  const { csv } = await exported()

  expect(csv).not.toContain('KZ')
  expect(csv).not.toContain('unknown,')
})

test('stands in the order of its codes, the total last, and is the same again', async () => {
  const first = await exported()
  const second = await exported()

  const countries = first.rows.map(({ country }) => country).filter((code, at, all) => all.indexOf(code) === at)
  expect(countries).toEqual([...countries].sort((a, b) => (a === 'total' ? 1 : b === 'total' ? -1 : a < b ? -1 : 1)))
  expect(second.csv).toBe(first.csv)
})

test('a period picks rows of the same table and adds none', async () => {
  const { rows: all } = await exported()
  const { rows: some } = await exported({ from: '2024', to: '2024' })

  expect(some).toEqual(all.filter(({ year }) => year === '2024'))
})

test('another organisation counts its own reports only', async () => {
  const reply = await app.as('coordinator', 'away').post('/v1/statistics/exports', {})

  expect(rowsOf(reply.text)).toEqual([{ violation: 'total', country: 'total', year: 'total', victims: 'c' }])
})

test('an export is written down with the rows whose facts were opened, and nobody else may ask', async () => {
  await exported()
  const refused = await app.as('lawyer').post('/v1/statistics/exports', {})

  const { rows } = await app.database
    .selectFrom('audit_events')
    .select('body')
    .execute()
    .then((events) => ({ rows: events.map(({ body }) => JSON.parse(body)) }))
  const exports = rows.filter(({ action }) => action === 'statistics.export')
  expect(refused.status).toBe(403)
  expect(exports.filter(({ outcome }) => outcome === 'denied')).toHaveLength(1)
  expect(exports.find(({ actor_id }) => actor_id === coordinator.id)?.opened['incidents.facts']).toHaveLength(6)
})

test('refuses other populations, dimensions and dates', async () => {
  const bodies = [{ population: 'acts' }, { dimensions: ['country'] }, { from: '2024-01-01' }, { where: 'KG' }]
  const replies = await Promise.all(bodies.map((body) => coordinator.post('/v1/statistics/exports', body)))

  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400])
})

test('a spreadsheet runs nothing that stands in it', () => {
  const victim: Victim = { persons: 9, violations: ['=1+1'], country: '@SUM(1)', year: '-2' }
  const csv = toCsv(
    countVictims([victim]),
    Array.from({ length: 8 }, () => false),
    {},
  )

  expect(rowsOf(csv)[0]).toEqual({ violation: "'=1+1", country: "'@SUM(1)", year: "'-2", victims: '9' })
})
