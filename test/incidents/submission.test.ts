import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { IncidentKind } from '../../src/incidents/schema-kinds.ts'
import { vocabulary } from '../../src/vocabularies/service.ts'
import { startApp } from '../support/app.ts'
import { kinds, reportOf, submitted } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')
const absent = '11111111-1111-4111-8111-111111111111'

test.each(kinds)('a report of %s is taken, and the intake reads all of it', async (kind) => {
  const report = reportOf(kind)

  const { status, body: receipt, headers } = await monitor.post('/v1/incidents', report)
  const read = await intake.get(`/v1/incidents/${receipt.id}`)

  expect(status).toBe(201)
  expect(headers['etag']).toBe('"1"')
  expect(receipt).toMatchObject({ reference: expect.stringMatching(/^INC-\d{4}-[0-9A-HJKMNP-TV-Z]{6}$/), version: 1 })
  expect(read.body).toEqual({
    id: receipt.id,
    reference: receipt.reference,
    version: 1,
    status: 'submitted',
    received_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    submitted_by: monitor.id,
    author_signature: 'valid',
    signed_by: monitor.id,
    triaged_by: null,
    triaged_on: null,
    case_id: null,
    facts: { ...report.facts, verification: { grade: 'alleged' } },
    narrative: report.narrative,
    identity: report.identity ?? { parties: [] },
    legal: report.legal ?? { readings: [] },
    supplements: [],
    notices: [],
  })
})

test.each(kinds)('a report of %s with the details of another kind is refused', async (kind) => {
  const next = kinds[(kinds.indexOf(kind) + 1) % kinds.length]
  const report = reportOf(kind)
  report.facts.details = reportOf(next).facts.details

  const { status, body } = await monitor.post('/v1/incidents', report)

  expect(status).toBe(400)
  expect(body.errors.length).toBeGreaterThan(0)
  for (const { pointer } of body.errors) expect(pointer).toMatch(/^#\/facts\/details/)
})

test('the kinds are those of the vocabulary', () => {
  const codes = vocabulary('incident_kinds').terms.map(({ code }) => code)

  expect([...IncidentKind.options].sort()).toEqual(codes.sort())
})

type Bend = (report: ReturnType<typeof reportOf>) => void
const faults: [string, string, Bend][] = [
  ['an unknown field', '#/', (r) => (r.surprise = 1)],
  ['an unknown fact', '#/facts', (r) => (r.facts.surprise = 1)],
  ['no summary', '#/narrative/summary', (r) => delete r.narrative.summary],
  ['a story without end', '#/narrative/account', (r) => (r.narrative.account = 'x'.repeat(20_001))],
  ['a kind that is not one', '#/facts/kind', (r) => (r.facts.kind = 'gossip')],
  ['a violation that is not one', '#/facts/acts/0/violation', (r) => (r.facts.acts[0].violation = 'rudeness')],
  ['a region of another country', '#/facts/place/region', (r) => (r.facts.place.region = 'KG-O')],
  ['a day in the future', '#/facts/occurred/from', (r) => (r.facts.occurred.from = '2099-01-01')],
  ['a day that does not exist', '#/facts/occurred/from', (r) => (r.facts.occurred.from = '2025-02-30')],
  [
    'a month made into a day',
    '#/facts/occurred/from',
    (r) => (r.facts.occurred = { precision: 'month', from: '2024-03-01' }),
  ],
  [
    'an end before the beginning',
    '#/facts/occurred/to',
    (r) => (r.facts.occurred = { precision: 'range', from: '2024-03', to: '2023' }),
  ],
  ['a ref used twice', '#/facts/parties/1/ref', (r) => (r.facts.parties[1].ref = 'v1')],
  ['an act against nobody', '#/facts/acts/0/victim_ref', (r) => (r.facts.acts[0].victim_ref = 'v9')],
  ['an act against a perpetrator', '#/facts/acts/0/victim_ref', (r) => (r.facts.acts[0].victim_ref = 'p1')],
  ['an act by a victim', '#/facts/acts/0/perpetrator_refs/0', (r) => (r.facts.acts[0].perpetrator_refs = ['v1'])],
  ['an act told twice', '#/facts/acts/2', (r) => r.facts.acts.push(r.facts.acts[1])],
  ['a source that is none', '#/facts/sources/0/ref', (r) => (r.facts.sources[0].ref = 'p1')],
  ['a group without a count', '#/facts/parties/1/count', (r) => delete r.facts.parties[1].count],
  ['a person with a count', '#/facts/parties/0/count', (r) => (r.facts.parties[0].count = 3)],
  ['nobody at all', '#/facts/parties', (r) => (r.facts.parties = [])],
  [
    'a report that verifies itself',
    '#/facts/verification/grade',
    (r) => (r.facts.verification = { grade: 'verified' }),
  ],
  ['a name of nobody', '#/identity/parties/0/ref', (r) => (r.identity.parties[0].ref = 'x1')],
  ['names of one party twice', '#/identity/parties/1/ref', (r) => (r.identity.parties[1].ref = 'v1')],
  ['a text of another kind', '#/narrative/demands', (r) => (r.narrative.demands = 'bread')],
  ['an article that is not one', '#/legal/readings/0/article', (r) => (r.legal.readings[0].article = 'CAT-99')],
]

test.each(faults)('%s is refused at %s', async (_name, pointer, bend) => {
  const report = reportOf()
  bend(report)

  const { status, body, text } = await monitor.post('/v1/incidents', report)

  expect(status).toBe(400)
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
  for (const value of ['Сейткали', 'Избиение', 'gossip', 'rudeness', 'bread']) expect(text).not.toContain(value)
})

test('a month, a year, a guess and nothing known of the day are taken as they are', async () => {
  const days = [
    { precision: 'month', from: '2024-03' },
    { precision: 'year', from: '2024' },
    { precision: 'range', from: '2024' },
    { precision: 'range', from: '2023-12-31', to: '2024' },
    { precision: 'estimated', from: '1998', certainty: 'inferred' },
    { precision: 'unknown' },
  ]

  for (const occurred of days) {
    const report = reportOf()
    report.facts.occurred = occurred
    const { id } = await submitted(monitor, report)
    expect((await intake.get(`/v1/incidents/${id}`)).body.facts.occurred).toEqual(occurred)
  }
})

test('the author reads the status and nothing of the content', async () => {
  const { id } = await submitted(monitor)

  const { status, body, text } = await monitor.get(`/v1/incidents/${id}`)

  expect([status, body.status]).toEqual([200, 'submitted'])
  expect(body).toMatchObject({ facts: null, narrative: null, identity: null, legal: null, case_id: null })
  expect(text).not.toContain('Сейткали')
})

test('a coordinator without the intake mark reads the coded facts and nothing else', async () => {
  const { id } = await submitted(monitor)

  const { body } = await app.as('coordinator').get(`/v1/incidents/${id}`)

  expect(body.facts.kind).toBe('torture_or_ill_treatment')
  expect(body).toMatchObject({ narrative: null, identity: null, legal: null })
})

test.each([
  ['lawyer', 'home'],
  ['clinician', 'home'],
  ['monitor', 'away'],
  ['intake', 'away'],
  ['coordinator', 'away'],
] as const)('the %s of %s cannot tell that the report exists', async (name, org) => {
  const { id } = await submitted(monitor)
  const reader = app.as(name, org)

  const hidden = await reader.get(`/v1/incidents/${id}`)
  const missing = await reader.get(`/v1/incidents/${absent}`)

  expect([hidden.status, missing.status]).toEqual([404, 404])
  expect({ ...hidden.body, instance: '' }).toEqual({ ...missing.body, instance: '' })
  expect(hidden.text.length).toBe(missing.text.length)
})

test('an administrator and a stranger are turned away before the body is looked at', async () => {
  const replies = [
    await app.as('administrator').post('/v1/incidents', { nonsense: true }),
    await app.stranger.post('/v1/incidents', { nonsense: true }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([403, 401])
})

test('a report of more than 256 KiB is too large', async () => {
  const report = reportOf()
  report.narrative.surplus = 'x'.repeat(256 * 1024)

  expect((await monitor.post('/v1/incidents', report)).status).toBe(413)
})

test('the receipt names the audit row, and the hash of the sealed columns stands there', async () => {
  const receipt = await submitted(monitor)

  const { rows } = await sql<{
    body: string
  }>`select body from audit_events where id = ${receipt.audit_receipt}`.execute(app.database)

  const { action, subjects } = JSON.parse(rows[0]?.body ?? '')
  expect(action).toBe('incident.submit')
  expect(subjects).toEqual([{ table: 'incidents', id: receipt.id, ciphertext_sha256: receipt.ciphertext_sha256 }])
})
