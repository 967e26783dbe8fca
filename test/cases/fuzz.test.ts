import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { type App, content, openCase } from './support.ts'

let app: App
let lawyer: As
let id: string
beforeAll(async () => {
  app = await startApp()
  lawyer = app.as('lawyer')
  id = await openCase(lawyer)
})

const key = fc.constantFrom(
  ...['identity', 'narrative', 'legal', 'facts', 'title', 'summary', 'to', 'reason', 'reason_code', 'purge_after'],
  ...['user_id', 'part', 'tags', 'kind', '__proto__', 'constructor', 'toString'],
)
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('closed', 'declined', 'lead', 'other', '2040-01-01', '9999-12-31', '0000-01-01', '\u0000', '\ud800'),
  fc.jsonValue({ maxDepth: 2 }),
)
const anything = fc.oneof(
  fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value, { maxKeys: 4 })), { maxKeys: 6 }),
  fc.record({ ...Object.fromEntries(Object.keys(content).map((name) => [name, fc.dictionary(key, value)])) }),
  fc.record({
    to: fc.constantFrom('closed', 'declined', 'documentation'),
    reason: value,
    reason_code: value,
    purge_after: value,
  }),
  fc.jsonValue(),
)

const requests: Record<string, (body: unknown) => Promise<{ status: number }>> = {
  open: (body) => lawyer.post('/v1/cases', body),
  change: (body) => lawyer.patch(`/v1/cases/${id}`, body, ifMatch(1)),
  add: (body) => lawyer.post(`/v1/cases/${id}/members`, body, ifMatch(1)),
  move: (body) => lawyer.post(`/v1/cases/${id}/transitions`, body, ifMatch(1)),
}

test.each(Object.entries(requests))('no body breaks the request to %s', async (_name, send) => {
  await fc.assert(
    fc.asyncProperty(anything, async (body) => {
      const { status } = await send(body)
      expect(status).toBeLessThan(500)
      // A body that was good has changed the case: the next ones get a fresh one.
      if (status < 300) id = await openCase(lawyer)
    }),
    { numRuns: 150 },
  )
})

test('no query and no path breaks a reading', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 150 }).map((raw) => encodeURIComponent(raw))
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('after', 'limit', 'stage', 'x'), async (raw, name) => {
      const answers = [
        await lawyer.get(`/v1/cases?${name}=${raw}`),
        await lawyer.get(`/v1/cases?after=${Buffer.from(JSON.stringify(['2026-01-01', raw])).toString('base64url')}`),
        await lawyer.get(`/v1/cases/${raw}`),
        await lawyer.delete(`/v1/cases/${id}/members/${raw}`, ifMatch(1)),
      ]
      expect(Math.max(...answers.map(({ status }) => status))).toBeLessThan(500)
    }),
    { numRuns: 100 },
  )
})
