import type { InjectOptions } from 'fastify'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { CANARY, garbage, nearly, type Schema } from './support/samples.ts'
import { openCase, submit } from './support/scenario.ts'

type Parameter = { name: string; in: string; schema?: Schema }
type Operation = { parameters?: Parameter[]; requestBody?: { content?: Record<string, { schema?: Schema }> } }
type Endpoint = { method: NonNullable<InjectOptions['method']>; url: string; operation: Operation }

const SEED = 20_260_302
const RUNS = 6
/** Each of these costs a tenth of a second and more of hashing, as it should. */
const slow = /^\/v1\/(session|me\/.+)$/
const runsOf = (url: string) => (slow.test(url) ? 1 : RUNS) * roles.length
const app = await startApp()
await app.server.ready()
const roles = ['nobody', 'monitor', 'lawyer', 'intake', 'clinician', 'coordinator', 'administrator', 'officer']
const tokens = new Map<string, string | undefined>()
const ids: string[] = []
beforeAll(async () => {
  for (const role of roles.slice(1)) tokens.set(role, await app.as(role).token())
  ids.push(await submit(app.as('monitor')), await openCase(app.as('lawyer'), 'Invented'), app.person('clinician').id)
})

const isMethod = (name: string): name is Endpoint['method'] => /^(get|post|put|patch|delete)$/.test(name)

function endpoints(): Endpoint[] {
  const document: { paths?: Record<string, Record<string, Operation>> } = JSON.parse(
    JSON.stringify(app.server.swagger()),
  )
  const all = Object.entries(document.paths ?? {}).flatMap(([url, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => (isMethod(method) ? [{ method, url, operation }] : [])),
  )
  // What ends sessions comes last, and a lockdown last of all.
  const rank = ({ method, url }: Endpoint) => (url === '/v1/lockdown' ? 2 : method === 'delete' ? 1 : 0)
  return all.sort((a, b) => rank(a) - rank(b))
}

const odd = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((text) => CANARY + text)
const segment = () =>
  fc.oneof(fc.constantFrom(...ids), odd.map(encodeURIComponent), fc.constantFrom('..', '%00', '%ff', `${CANARY}%2f..`))
const visible = fc
  .string({ unit: 'grapheme-ascii', maxLength: 60 })
  .map((text) => CANARY + text.replaceAll(/[^\x20-\x7e]/g, ''))
const headers = fc.record(
  {
    'if-match': fc.oneof(fc.constantFrom('"1"', '"2"', '*', 'W/"1"', '"999999999999"'), visible),
    'idempotency-key': fc.oneof(fc.uuid(), visible),
    'accept-language': fc.oneof(fc.constantFrom('ru;q=abc,,', '*;q=9', 'tg, ru;q=0.1'), visible),
    'content-type': fc.constantFrom(
      'application/json',
      'text/plain',
      'application/json; charset=koi8-r',
      'multipart/form-data',
      '',
      CANARY,
    ),
    'x-forwarded-for': visible,
    accept: visible,
    cookie: visible,
  },
  { requiredKeys: [] },
)

function requestTo({ method, url, operation }: Endpoint): fc.Arbitrary<InjectOptions> {
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const path = fc.tuple(...[...url.matchAll(/\{\w+\}/g)].map(segment)).map((values) => {
    const left = [...values]
    return url.replaceAll(/\{\w+\}/g, () => left.shift() ?? '')
  })
  const queries = fc.dictionary(fc.constantFrom(...query, 'x', '__proto__'), odd, { maxKeys: 3 })
  const body = schema === undefined ? garbage : nearly(schema)
  const raw = fc.oneof(
    { arbitrary: body.map((value) => JSON.stringify(value)), weight: 6 },
    {
      arbitrary: fc.constantFrom(`{"${CANARY}`, '', `"${CANARY}"`, '\ufeff{}', `{"__proto__":{"${CANARY}":1}}`),
      weight: 1,
    },
  )
  return fc
    .record({ path, queries, raw, headers })
    .map(({ path: place, queries: asked, raw: payload, headers: sent }) => ({
      method,
      url: `${place}?${new URLSearchParams(asked).toString()}`,
      headers: method === 'get' ? sent : { 'content-type': 'application/json', ...sent },
      ...(method === 'get' ? {} : { payload }),
    }))
}

type Answer = { status: number; text: string; said: string }

async function send(request: InjectOptions, role: string): Promise<Answer> {
  const token = tokens.get(role)
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const reply = await app.server.inject({ ...request, headers: { ...request.headers, ...authorization } })
  return { status: reply.statusCode, text: reply.body, said: reply.body + JSON.stringify(reply.headers) }
}

/** What is wrong with an answer: a bug, or an error that repeats what was sent. */
const faultsOf = ({ status, said }: Answer) => [
  ...(status >= 500 && status !== 503 ? [`answered ${String(status)}`] : []),
  ...(status >= 400 && said.includes(CANARY) ? ['an error that repeats the request'] : []),
]

const seen = new Map<number, number>()

test.each(endpoints().map((endpoint) => [endpoint.method, endpoint.url, endpoint] as const))(
  '%s %s answers no request with a bug, nor an error with what was in the request',
  async (_method, url, endpoint) => {
    const requests = fc.sample(requestTo(endpoint), { numRuns: runsOf(url), seed: SEED })

    const faults = []
    for (const [at, request] of requests.entries()) {
      const role = roles[at % roles.length] ?? ''
      const answer = await send(request, role)
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1)
      for (const fault of faultsOf(answer)) faults.push({ role, fault, request, text: answer.text })
    }

    expect(faults).toEqual([])
  },
)

test('the requests were of all sorts: some did something, and all the ways of refusing were seen', () => {
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 403, 404, 409, 415, 428]))
  expect([...seen.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(2_000)
})

describe('what is out of all proportion', () => {
  const post = (url: string, payload: string) =>
    send({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } }, 'fresh')
  beforeAll(async () => {
    tokens.set('fresh', String((await app.signIn('lawyer')).body.access_token))
  })

  test.each([
    ['a list in a list in a list', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['an object in an object', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['one long text', JSON.stringify({ narrative: { summary: CANARY.repeat(20_000) } })],
    ['one long key', JSON.stringify({ [CANARY.repeat(20_000)]: 1 })],
    ['a long number', `{"version": ${'9'.repeat(100_000)}}`],
    [
      'many keys',
      JSON.stringify(Object.fromEntries(Array.from({ length: 15_000 }, (_, at) => [`k${String(at)}`, at]))),
    ],
  ])('%s is refused as any bad request', async (_what, payload) => {
    for (const url of ['/v1/incidents', '/v1/cases', '/v1/session', '/v1/invitations/accept']) {
      const answer = await post(url, payload)
      expect([url, answer.status, faultsOf(answer)]).toEqual([url, 400, []])
    }
  })

  test('a body that is too long is refused as such, and in a batch a report for itself', async () => {
    const long = JSON.stringify({ narrative: { summary: CANARY.repeat(40_000) } })
    const deep = JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`)
    const batch = {
      reports: [
        { key: 'phone-report-1', report: deep },
        { key: 'phone-report-2', report: { facts: CANARY.repeat(90_000) } },
      ],
    }

    const [alone, several] = [
      await post('/v1/incidents', long),
      await post('/v1/incidents/batch', JSON.stringify(batch)),
    ]

    expect([alone.status, faultsOf(alone)]).toEqual([413, []])
    expect(several.status).toBe(200)
    const { outcomes }: { outcomes: { status: number }[] } = JSON.parse(several.text)
    expect(outcomes.map(({ status }) => status)).toEqual([400, 400])
    expect(several.text).not.toContain(CANARY)
  })
})
