import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Application, compose } from '../src/app/start.ts'
import { reports } from '../src/incidents/examples-reports.ts'
import { newInstallationKeys, parseInstallationKeys } from '../src/platform/crypto/installation.ts'
import { Secret } from '../src/platform/crypto/secret.ts'
import { type Embedded, startEmbedded } from '../src/platform/database/embedded.ts'
import { migrate } from '../src/platform/database/migrations.ts'
import { type Client, clientOf } from './support/client.ts'
import { testConfig } from './support/config.ts'

const PASSPHRASE = 'seven invented words for a test only'
const credentials = { handle: 'founder', passphrase: PASSPHRASE }
const key = { 'idempotency-key': 'before-the-loss' }
const [report] = reports

let folder: string
let database: Embedded
let application: Application
let stranger: Client
let founder: Client

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guvoh-loss-'))
  await startDatabase()
  const { host, port, user } = database
  const connection = { host, port, user, database: 'postgres' }
  await migrate(connection)
  const keys = parseInstallationKeys(newInstallationKeys())
  if (keys === undefined) throw new Error('fresh keys do not parse')
  const setupCode = new Secret('a code for tests alone')
  application = await compose({ connection, keys, config: { ...testConfig, secondFactor: 'optional' }, setupCode })
  await application.work()
  stranger = clientOf(application.server, () => Promise.resolve(undefined))
  const organisation = { name: 'Home, invented', country: 'KG' }
  await stranger.post('/v1/setup', {
    code: 'a code for tests alone',
    organisation,
    founder: { profile: { name: 'Founder' }, ...credentials },
  })
  const session = await stranger.post('/v1/session', credentials)
  founder = clientOf(application.server, () => Promise.resolve(session.body.access_token))
})

afterAll(async () => {
  await application.close()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
})

/** The same folder each time, so that the server comes back where it was. */
async function startDatabase(): Promise<void> {
  database = await startEmbedded({ dir: path.join(folder, 'database'), disposable: true })
}

/** Asks until the answer has this status, for as long as a person would be willing to wait. */
async function until(status: number, ask: () => ReturnType<Client['get']>) {
  let reply = await ask()
  for (let waited = 0; reply.status !== status && waited < 10_000; waited += 100) {
    await sleep(100)
    reply = await ask()
  }
  return reply
}

describe('a server that loses its database', () => {
  test('says so while it is away, and goes on by itself when it is back', async () => {
    const before = await founder.post('/v1/incidents', report, key)
    await database.stop()

    const away = [
      await founder.get('/v1/incidents'),
      await founder.post('/v1/incidents', report, { 'idempotency-key': 'while-it-is-away' }),
      await stranger.post('/v1/session', credentials),
      await stranger.get('/health/ready'),
    ]
    const live = await stranger.get('/health/live')
    await startDatabase()
    const back = await until(200, () => stranger.get('/health/ready'))
    const again = await founder.post('/v1/incidents', report, key)
    const later = await founder.post('/v1/incidents', report, { 'idempotency-key': 'while-it-is-away' })

    expect(before.status).toBe(201)
    for (const reply of away) {
      expect(reply.status).toBe(503)
      expect(reply.body.type).toBe('/problems/unavailable')
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    }
    expect(live.status).toBe(200)
    expect(back.status).toBe(200)
    expect([again.status, again.body]).toEqual([201, before.body])
    expect(later.status).toBe(201)
    expect(later.body.id).not.toBe(before.body.id)
    expect((await founder.get('/v1/incidents')).body.items).toHaveLength(2)
  })

  test('answers 503, and nothing worse, to those who ask at the moment of the loss', async () => {
    const asking = Array.from({ length: 40 }, (_, nth) =>
      founder.post('/v1/incidents', report, { 'idempotency-key': `at-the-moment-${String(nth)}` }),
    )
    const [replies] = await Promise.all([Promise.all(asking), database.stop()])
    await startDatabase()
    await until(200, () => stranger.get('/health/ready'))
    const repeated = await Promise.all(
      asking.map((_, nth) =>
        founder.post('/v1/incidents', report, { 'idempotency-key': `at-the-moment-${String(nth)}` }),
      ),
    )

    const statuses = replies.map(({ status }) => status)
    expect([201, 503]).toEqual(expect.arrayContaining([...new Set(statuses)]))
    expect(repeated.map(({ status }) => status)).toEqual(asking.map(() => 201))
    const listed = await founder.get('/v1/incidents?limit=200')
    expect(listed.body.items).toHaveLength(2 + asking.length)
  })
})
