import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { many, releasing, wider } from './releasing.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const { registered, declared, make } = releasing(app)

let address: string
let cube: string
beforeAll(async () => {
  for (const told of many) await registered(told)
  cube = await declared(wider)
  address = await app.server.listen({ port: 0, host: '127.0.0.1' })
}, 60_000)

const rows = () =>
  Promise.all([
    app.database.selectFrom('statistics_releases').select('id').execute(),
    app.database.selectFrom('statistics_release_parts').select('id').execute(),
  ])

/** Asks for the release over TCP and hangs up at the first event. */
async function hangUp(): Promise<string> {
  const listener = new AbortController()
  const reply = await fetch(`${address}/v1/statistics/cubes/${cube}/releases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${(await coordinator.token()) ?? ''}`,
      'content-type': 'application/json',
      connection: 'close',
    },
    body: JSON.stringify({ period: '2026-Q1' }),
    signal: listener.signal,
  })
  const first = await reply.body?.getReader().read()
  listener.abort()
  return Buffer.from(first?.value ?? []).toString()
}

test('hanging up cancels a release: nothing is in the ledger and nothing is left behind', async () => {
  const first = await hangUp()
  await sleep(4_000)

  expect(first).toContain('event: progress')
  expect(await rows()).toEqual([[], []])
}, 30_000)

test('and it can be asked for again', async () => {
  const { events } = await make(cube)

  expect(events.at(-1)?.event).toBe('done')
  expect((await rows())[0]).toHaveLength(1)
}, 30_000)
