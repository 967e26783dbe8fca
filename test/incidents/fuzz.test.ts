import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { kinds, reportOf, submitted } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')
const { id } = await submitted(monitor)

const RUNS = 150

/** Paths to every leaf and branch of a report. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))]
}

function put(report: ReturnType<typeof reportOf>, path: (string | number)[], value: unknown) {
  const inner = path.slice(0, -1).reduce((at, name) => at[name], report)
  inner[path.at(-1) ?? ''] = value
}

const bent = fc.constantFrom(...kinds).chain((kind) =>
  fc
    .tuple(fc.constantFrom(...placesIn(reportOf(kind)).filter((path) => path.length > 0)), fc.jsonValue())
    .map(([path, value]) => {
      const report = reportOf(kind)
      put(report, path, value)
      return report
    }),
)

test('random JSON is never a crash', async () => {
  const urls = ['/v1/incidents', '/v1/incidents/batch', `/v1/incidents/${id}/triage`, `/v1/incidents/${id}/supplements`]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...urls), fc.jsonValue(), async (url, body) => {
      const by = url.endsWith('triage') ? intake : monitor
      expect((await by.post(url, body, { 'if-match': '"1"' })).status).toBe(400)
    }),
    { numRuns: RUNS },
  )
})

test('a report with one random value is taken or refused, and never a crash', async () => {
  await fc.assert(
    fc.asyncProperty(bent, async (report) => {
      const alone = await monitor.post('/v1/incidents', report)
      const { body } = await monitor.post('/v1/incidents/batch', { reports: [{ key: crypto.randomUUID(), report }] })

      expect([201, 400]).toContain(alone.status)
      expect(body.outcomes[0].status).toBe(alone.status)
      if (alone.status === 201) expect((await intake.get(`/v1/incidents/${alone.body.id}`)).status).toBe(200)
    }),
    { numRuns: RUNS },
  )
})

test('several faults at once are each pointed at', async () => {
  const report = reportOf()
  report.narrative.summary = ''
  report.facts.place.region = 'KG-O'
  report.identity.parties[0].names = 'nobody'

  const { status, body } = await monitor.post('/v1/incidents', report)

  expect(status).toBe(400)
  expect(body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
    '#/facts/place/region',
    '#/identity/parties/0/names',
    '#/narrative/summary',
  ])
})

test('texts of any letters come back as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), async (account) => {
      const report = reportOf()
      report.narrative.account = account
      const receipt = await submitted(monitor, report)
      expect((await intake.get(`/v1/incidents/${receipt.id}`)).body.narrative.account).toBe(account)
    }),
    { numRuns: 40 },
  )
})

test('a report nested a hundred thousand deep is refused, alone and in a batch', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const headers = {
    authorization: `Bearer ${String(await monitor.token())}`,
    'content-type': 'application/json',
    'idempotency-key': 'deep-key-1',
  }
  const send = (url: string, payload: string) => app.server.inject({ method: 'POST', url, headers, payload })

  const alone = await send('/v1/incidents', deep)
  const batch = await send('/v1/incidents/batch', `{"reports":[{"key":"deep-key-2","report":${deep}}]}`)

  expect(alone.statusCode).toBe(400)
  expect(batch.statusCode).toBe(200)
  expect(batch.json().outcomes[0].status).toBe(400)
})
