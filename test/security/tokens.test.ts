import { beforeAll, expect, inject, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { clientOf } from '../support/client.ts'
import { contentsOf, forge, forgeries, type Ground, keyFromSeed, signedBy } from './support/forging.ts'
import { readConfiguration } from './support/loot.ts'

const app = await startApp()
const key = keyFromSeed(readConfiguration(inject('keys')).signing)
let ground: Ground
beforeAll(async () => {
  const [token = '', other = ''] = await Promise.all([app.as('monitor').token(), app.as('coordinator').token()])
  ground = { token, other, key }
})

const asking = (token: string) => clientOf(app.server, () => Promise.resolve(token)).get('/v1/me')

test('the forger works: a token made like a real one is taken', async () => {
  const { header, claims } = contentsOf(ground.token)
  const again = { ...claims, jti: globalThis.crypto.randomUUID() }

  const { status, body } = await asking(forge(header, again, signedBy(key)))

  expect([status, body.id]).toEqual([200, app.person('monitor').id])
})

test('of more than sixty forged tokens none is accepted, and all are refused alike', async () => {
  const made = Object.entries(forgeries(ground))
  const refusal = await app.stranger.get('/v1/me')

  const replies = await Promise.all(made.map(async ([name, token]) => ({ name, ...(await asking(token)) })))

  expect(made.length).toBeGreaterThanOrEqual(60)
  expect(
    replies.filter(({ status }) => status !== 401).map(({ name, status }) => `${name}: ${String(status)}`),
  ).toEqual([])
  const bodies = replies.map(({ body }) => ({ ...body, instance: '' }))
  expect(new Set(bodies.map((body) => JSON.stringify(body)))).toEqual(
    new Set([JSON.stringify({ ...refusal.body, instance: '' })]),
  )
})

test('a real token counts only as one bearer token in the Authorization header', async () => {
  const { token } = ground
  const sent: Record<string, string>[] = [
    { authorization: token },
    { authorization: `bearer ${token}` },
    { authorization: `Bearer  ${token}` },
    { authorization: `Basic ${Buffer.from(token).toString('base64')}` },
    { authorization: `Bearer "${token}"` },
    { 'x-access-token': token },
    { cookie: `token=${token}; access_token=${token}` },
  ]

  const replies = await Promise.all(sent.map((headers) => app.stranger.get('/v1/me', headers)))
  const inQuery = await app.stranger.get(`/v1/me?access_token=${token}&token=${token}`)

  expect([...replies, inQuery].map(({ status }) => status)).toEqual(Array(8).fill(401))
})

test('a bad token is refused also where nobody need sign in', async () => {
  const { status } = await clientOf(app.server, () => Promise.resolve(`${ground.token}x`)).get('/v1/vocabularies/sex')

  expect(status).toBe(401)
})
