import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { newInstallationKeys, parseInstallationKeys } from '../../../src/platform/crypto/installation.ts'
import { Busy } from '../../../src/platform/crypto/gate.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { tokenKeyOf } from '../../../src/platform/crypto/token-key.ts'
import { route } from '../../../src/platform/http/route.ts'
import { createServer } from '../../../src/platform/http/server.ts'
import { createLog } from '../../../src/platform/kernel/log.ts'
import { copyDatabase } from '../../support/database.ts'

const { database } = await copyDatabase()
const MARK = 'Zarina7Marked'
let fault = new Error('none yet')

const keys = parseInstallationKeys(newInstallationKeys())
if (keys === undefined) throw new Error('fresh keys do not parse')
const lines: string[] = []
const log = createLog('info', { write: (line: string) => void lines.push(line) })
const server = await createServer({
  services: { database, pepper: new Secret<Uint8Array>(new Uint8Array(32)), now: () => new Date() },
  routes: [
    route({
      method: 'POST',
      url: '/broken',
      action: 'session.open',
      summary: 'Breaks as it is told to',
      body: z.strictObject({ name: z.string() }),
      status: 200,
      reply: z.object({}),
      handle: () => Promise.reject(fault),
    }),
  ],
  tokenKey: tokenKeyOf(keys.signing),
  authenticate: () => Promise.resolve(undefined),
  log,
  probes: { ready: () => Promise.resolve(), metricsToken: null },
  requestsPerMinute: 1_000,
  trustProxy: false,
})
afterAll(() => server.close())

async function answer(error: Error) {
  fault = error
  lines.length = 0
  const { statusCode, headers, body } = await server.inject({
    method: 'POST',
    url: '/v1/broken',
    payload: { name: MARK },
  })
  expect(body + lines.join('')).not.toContain(MARK)
  return { status: statusCode, retryAfter: headers['retry-after'], body: JSON.parse(body), log: lines.join('') }
}

test.each<[string, Error]>([
  ['a full queue', new Busy()],
  ['a connection reset', Object.assign(new Error(MARK), { code: 'ECONNRESET' })],
  ['a database that starts', Object.assign(new Error(MARK), { code: '57P03' })],
  ['a full disk', Object.assign(new Error(MARK), { code: '53100' })],
  ['a lost connection', new Error('Connection terminated unexpectedly')],
])('%s is a thing to try again', async (_what, error) => {
  const { status, retryAfter, body } = await answer(error)

  expect([status, retryAfter, body.type]).toEqual([503, '2', '/problems/unavailable'])
})

test.each<[string, Error]>([
  ['an error', new TypeError(`could not read ${MARK}`, { cause: new Error(`because of ${MARK}`) })],
  ['a broken constraint', Object.assign(new Error(MARK), { code: '23505', detail: MARK })],
  ['a strange status', Object.assign(new Error(MARK), { statusCode: 302 })],
])('%s that nobody expected is a bug: 500, and nobody learns what it said', async (_what, error) => {
  const { status, body, log: written } = await answer(error)

  expect([status, body.type, Object.keys(body).sort()]).toEqual([
    500,
    '/problems/internal-error',
    ['instance', 'status', 'title', 'type'],
  ])
  expect(written).toContain(body.instance.split('/').at(-1))
})

test('the log says where a bug is', async () => {
  const { log: written } = await answer(new TypeError(MARK, { cause: new RangeError(MARK) }))

  const bug = written
    .split('\n')
    .map((line) => (line === '' ? {} : JSON.parse(line)))
    .find(({ msg }) => msg === 'bug')
  expect(bug).toMatchObject({ level: 'error', bug: { kind: 'TypeError', cause: { kind: 'RangeError' } } })
  expect(bug.bug.at[0]).toContain('faults.test.ts')
})
