import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { reportOf } from '../../incidents/reports.ts'
import { languageOf } from '../../../src/platform/http/request-input.ts'
import { startApp } from '../../support/app.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const token = (await coordinator.token()) ?? ''
const bearer = { authorization: `Bearer ${token}` }
const json = { ...bearer, 'content-type': 'application/json' }
const send = async (request: InjectOptions) => {
  const reply = await app.server.inject(request)
  return { status: reply.statusCode, headers: reply.headers, text: reply.body }
}
const problem = ({ status, text, headers }: Awaited<ReturnType<typeof send>>) => {
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(headers['cache-control']).toBe('no-store')
  const body = JSON.parse(text)
  expect(body).toMatchObject({
    status,
    title: expect.any(String),
    instance: expect.stringMatching(/^\/requests\/[0-9a-f-]{36}$/),
  })
  return [status, body.type]
}

const MARK = 'Zarina7Marked'

test.each<[string, InjectOptions, [status: number, slug: string]]>([
  [
    'a body that is no JSON',
    { method: 'POST', url: '/v1/invitations', headers: json, payload: `{"roles": ${MARK}` },
    [400, 'invalid-request'],
  ],
  ['an empty body', { method: 'POST', url: '/v1/invitations', headers: json, payload: '' }, [400, 'invalid-request']],
  ['no body', { method: 'POST', url: '/v1/invitations', headers: bearer }, [400, 'invalid-request']],
  [
    'another media type',
    { method: 'POST', url: '/v1/invitations', headers: { ...bearer, 'content-type': 'text/plain' }, payload: MARK },
    [415, 'wrong-media-type'],
  ],
  [
    'an odd media type',
    { method: 'POST', url: '/v1/invitations', headers: { ...bearer, 'content-type': MARK }, payload: MARK },
    [415, 'wrong-media-type'],
  ],
  [
    'too large a body',
    { method: 'POST', url: '/v1/invitations', headers: json, payload: JSON.stringify(MARK.repeat(30_000)) },
    [413, 'too-large'],
  ],
  ['a wrong id', { method: 'GET', url: `/v1/members/${MARK}`, headers: bearer }, [400, 'invalid-request']],
  [
    'an endless id',
    { method: 'GET', url: `/v1/members/${MARK.repeat(50)}`, headers: bearer },
    [400, 'invalid-request'],
  ],
  [
    'an id in capitals',
    { method: 'GET', url: '/v1/members/0B9D0000-0000-4000-8000-00000000000A', headers: bearer },
    [400, 'invalid-request'],
  ],
  [
    'a path that cannot be decoded',
    { method: 'GET', url: '/v1/members/%E0%A4%A', headers: bearer },
    [400, 'invalid-request'],
  ],
  ['an unknown path', { method: 'GET', url: `/v1/${MARK}`, headers: bearer }, [404, 'not-found']],
  ['an unknown method', { method: 'OPTIONS', url: '/v1/members', headers: bearer }, [404, 'not-found']],
  ['an unknown query', { method: 'GET', url: `/v1/incidents?${MARK}=1`, headers: bearer }, [400, 'invalid-request']],
  ['a forged cursor', { method: 'GET', url: `/v1/incidents?after=${MARK}`, headers: bearer }, [400, 'invalid-request']],
  ['no token', { method: 'POST', url: '/v1/invitations', payload: MARK }, [401, 'not-signed-in']],
  [
    'a token of another kind',
    { method: 'GET', url: '/v1/members', headers: { authorization: `Basic ${MARK}` } },
    [401, 'not-signed-in'],
  ],
  [
    'an operator in place of a word',
    {
      method: 'POST',
      url: '/v1/session',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ handle: { $ne: MARK }, passphrase: [MARK] }),
    },
    [400, 'invalid-request'],
  ],
  [
    'a poisoned prototype',
    {
      method: 'POST',
      url: '/v1/session',
      headers: { 'content-type': 'application/json' },
      payload: `{"__proto__":{"handle":"${MARK}"}}`,
    },
    [400, 'invalid-request'],
  ],
])('%s is answered by a problem that repeats nothing', async (_what, request, [status, slug]) => {
  const reply = await send(request)

  expect(problem(reply)).toEqual([status, `/problems/${slug}`])
  expect(reply.text).not.toContain(MARK)
})

test('who may not do it learns that before what is wrong with the body', async () => {
  const monitor = app.as('monitor')

  expect((await monitor.post('/v1/invitations', { nonsense: MARK })).status).toBe(403)
  expect((await app.stranger.post('/v1/invitations', { nonsense: MARK })).status).toBe(401)
})

test('pointers lead to what is wrong, and hold no value', async () => {
  const report = { ...reportOf(), [MARK]: 1 }
  report.facts.parties[0].roles = [MARK]

  const { status, body, text } = await coordinator.post('/v1/incidents', report)

  expect(status).toBe(400)
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
    expect.arrayContaining(['#/', '#/facts/parties/0/roles/0']),
  )
  expect(text).not.toContain(MARK)
})

test('300 random bodies and paths are refused and never break anything', async () => {
  const urls = [
    '/v1/session',
    '/v1/invitations/accept',
    '/v1/recoveries/complete',
    '/v1/invitations',
    '/v1/programmes',
    '/v1/incidents',
    '/v1/setup',
  ]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...urls), fc.jsonValue({ maxDepth: 4 }), fc.string(), async (url, body, text) => {
      const replies = await Promise.all([
        send({ method: 'POST', url, headers: json, payload: JSON.stringify(body) }),
        send({
          method: 'PATCH',
          url: `/v1/members/${encodeURIComponent(text)}`,
          headers: { ...json, 'if-match': text.replaceAll(/[^\x20-\x7e]/g, '') },
          payload: JSON.stringify(body),
        }),
      ])
      for (const { status } of replies) expect([400, 404, 413, 415]).toContain(status)
    }),
    { numRuns: 150, seed: 20_260_101, endOnFailure: true },
  )
})

test.each([
  ['ru', 'ru'],
  ['ru-KZ,en;q=0.8', 'ru'],
  ['de, kk;q=0.5, ky;q=0.9', 'ky'],
  ['en;q=0, tg', 'tg'],
  ['UZ-Cyrl', 'uz'],
  ['fr, *;q=0.1', 'en'],
  ['tk;q=abc', 'tk'],
  ['tk;q=0.0', 'en'],
  ['', 'en'],
  [undefined, 'en'],
  [`${'de,'.repeat(50)}ru`, 'en'],
  [';;;,,,q=', 'en'],
])('Accept-Language %j picks %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
