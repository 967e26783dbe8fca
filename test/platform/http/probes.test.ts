import { afterAll, expect, test } from 'vitest'
import { compose } from '../../../src/app/start.ts'
import { startApp } from '../../support/app.ts'
import { testConfig } from '../../support/config.ts'

const app = await startApp()
const { keys } = app

/** The service with other settings, and perhaps a database that nobody answers for. */
async function started(config: object, connection: Parameters<typeof compose>[0]['connection'] = app.place) {
  const application = await compose({ connection, keys, config: { ...testConfig, ...config }, setupCode: null })
  afterAll(() => application.close())
  return application.server
}
const nowhere = { host: '127.0.0.1', port: 1, user: 'nobody', database: 'nothing' }

test('a server is live and ready', async () => {
  const [live, ready] = await Promise.all(['/health/live', '/health/ready'].map((url) => app.stranger.get(url)))

  expect([live?.body, ready?.body]).toEqual([{ status: 'live' }, { status: 'ready' }])
})

test('without its database a server is live, not ready, and answers 503 with a time to come back', async () => {
  const server = await started({}, nowhere)
  const requests = ['/health/live', '/health/ready', '/v1/vocabularies', '/v1/members'].map((url) =>
    server.inject({ url, headers: { authorization: `Bearer ${'x'.repeat(20)}` } }),
  )
  const signIn = server.inject({
    method: 'POST',
    url: '/v1/session',
    payload: { handle: 'somebody', passphrase: 'whatever it was' },
  })

  const [live, ready, , noToken] = await Promise.all(requests)
  const opened = await signIn

  expect([live?.statusCode, ready?.statusCode, noToken?.statusCode, opened.statusCode]).toEqual([200, 503, 401, 503])
  expect(opened.json()).toMatchObject({ type: '/problems/unavailable', status: 503 })
  expect([ready?.headers['retry-after'], opened.headers['retry-after']]).toEqual(['2', '2'])
})

test('metrics are for this machine alone when no token is set', async () => {
  const server = await started({})
  const from = (remoteAddress: string, headers = {}) => server.inject({ url: '/metrics', remoteAddress, headers })

  const near = await Promise.all(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => from(address)))
  const far = await Promise.all([
    from('192.0.2.7'),
    from('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }),
    from('127.0.0.1', { forwarded: 'for=192.0.2.7' }),
    from('192.0.2.7', { 'x-forwarded-for': '127.0.0.1' }),
  ])

  expect(near.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect(far.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404])
})

test('with a token, metrics are for whoever has it; they name routes, and nobody', async () => {
  const server = await started({ metricsToken: 'a token for metrics' })
  await server.inject({ url: `/v1/members/${app.as('monitor').id}` })
  const with_ = (authorization?: string) =>
    server.inject({ url: '/metrics', ...(authorization && { headers: { authorization } }) })

  const replies = await Promise.all([undefined, 'Bearer wrong', 'Bearer a token for metrics'].map(with_))

  expect(replies.map(({ statusCode }) => statusCode)).toEqual([404, 404, 200])
  expect(replies[2]?.body).toContain('guvoh_request_seconds_count{method="GET",route="/v1/members/:id",status="401"} 1')
  expect(replies[2]?.body).not.toContain(app.as('monitor').id)
})

test('too many requests from one address are told when to come back; behind a proxy the address is what the proxy saw', async () => {
  const plain = await started({ requestsPerMinute: 3 })
  const proxied = await started({ requestsPerMinute: 3, trustProxy: true })
  const from = async (server: typeof plain, forwarded: (at: number) => string) => {
    const replies = []
    for (const at of [0, 1, 2, 3])
      replies.push(await server.inject({ url: '/health/live', headers: { 'x-forwarded-for': forwarded(at) } }))
    return replies
  }

  const direct = await from(plain, (at) => `192.0.2.${String(at)}`)
  const spoofed = await from(proxied, (at) => `192.0.2.${String(at)}, 198.51.100.1`)
  const several = await from(proxied, (at) => `198.51.100.${String(at + 10)}`)

  const statuses = (replies: typeof direct) => replies.map(({ statusCode }) => statusCode)
  expect(statuses(direct)).toEqual([200, 200, 200, 429])
  expect(statuses(spoofed)).toEqual([200, 200, 200, 429])
  expect(statuses(several)).toEqual([200, 200, 200, 200])
  const refused = direct.find(({ statusCode }) => statusCode === 429)
  expect(refused?.json()).toMatchObject({ type: '/problems/too-many-attempts', status: 429 })
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
})
