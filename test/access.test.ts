import { beforeAll, describe, expect, test } from 'vitest'
import { routesOf } from '../src/app/routes.ts'
import { reportOf } from './incidents/reports.ts'
import { everyone } from './access/actors.ts'
import { bodies, whoMayTry } from './access/tables.ts'
import { startApp } from './support/app.ts'
import { type Client, ifMatch } from './support/client.ts'

const app = await startApp()
const routes = routesOf(app.parts).map(({ method, url }) => ({ method, url, name: `${method} ${url}` }))

/** Trying these as somebody who may would end the sessions that the other tests use. */
const endsSessions = ['DELETE /session', 'POST /lockdown']

const somewhere = (url: string) =>
  `/v1${url.replaceAll(/:\w*id\b/g, () => crypto.randomUUID()).replace(':name', 'sex')}`

type Try = { method: string; url: string; body?: unknown }

function send(client: Client, { method, url, body = { nonsense: true } }: Try) {
  if (method === 'GET') return client.get(url)
  if (method === 'HEAD') return client.head(url)
  if (method === 'DELETE') return client.delete(url, ifMatch(1))
  if (method === 'PUT') return client.put(url, body, ifMatch(1))
  return method === 'PATCH' ? client.patch(url, body, ifMatch(1)) : client.post(url, body, ifMatch(1))
}

test('every route is in the table, and every line has a route', () => {
  expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(whoMayTry).sort())
})

describe.each(routes)('$name', ({ method, url, name }) => {
  const allowed = whoMayTry[name] ?? []

  test('nobody', async () => {
    const { status } = await send(app.stranger, { method, url: somewhere(url) })
    if (allowed.includes('nobody')) expect(status).not.toBe(403)
    else expect(status).toBe(401)
  })

  test.each(everyone)('%s', async (role) => {
    if (allowed.includes(role) && endsSessions.includes(name)) return
    const { status } = await send(app.as(role), { method, url: somewhere(url) })
    expect(status !== 403 || name === 'POST /setup').toBe(allowed.includes(role))
    expect(status).not.toBe(401)
  })
})

describe('what a record itself allows', () => {
  let incident: { id: string }
  let found: { id: string }
  const lawyer = app.as('lawyer')

  beforeAll(async () => {
    incident = (await app.as('monitor').post('/v1/incidents', reportOf('assembly'))).body
    const file = { identity: { title: 'A case' }, narrative: { summary: 'Invented' }, legal: {}, facts: {} }
    found = (await lawyer.post('/v1/cases', file)).body
    await lawyer.post(`/v1/cases/${found.id}/members`, { user_id: app.as('clinician').id, part: 'member' }, ifMatch(1))
    await lawyer.delete(`/v1/cases/${found.id}/members/${app.as('clinician').id}`, ifMatch(2))
  })

  const here = (url: string) =>
    `/v1${url
      .replace('/incidents/:id', `/incidents/${incident.id}`)
      .replace('/cases/:id', `/cases/${found.id}`)
      .replace('/members/:id', `/members/${lawyer.id}`)
      .replace(':user_id', lawyer.id)
      .replaceAll(/:\w*id\b/g, () => crypto.randomUUID())}`
  const ofRecords = routes.filter(({ url }) => /^\/(incidents|cases|members)\/:id/.test(url))
  const ofCases = ofRecords.filter(({ url }) => url.startsWith('/cases'))
  const ofIncidents = ofRecords.filter(({ url }) => url.startsWith('/incidents'))

  const roleFor = (name: string) =>
    ['intake', 'officer', 'lawyer'].find((role) => whoMayTry[name]?.includes(role)) ?? ''

  test.each(ofRecords)('another organisation cannot tell that it exists: $name', async ({ method, url, name }) => {
    const stranger = app.as(roleFor(name) === 'officer' ? 'coordinator' : roleFor(name), 'away')
    const hidden = await send(stranger, { method, url: here(url), body: bodies[name] })
    const absent = await send(stranger, { method, url: somewhere(url), body: bodies[name] })

    expect([hidden.status, absent.status]).toEqual([404, 404])
    expect({ ...hidden.body, instance: '' }).toEqual({ ...absent.body, instance: '' })
  })

  test.each(ofCases)('somebody taken off the team finds nothing: $name', async ({ method, url, name }) => {
    const { status } = await send(app.as('clinician'), { method, url: here(url), body: bodies[name] })
    expect(status).toBe(whoMayTry[name]?.includes('clinician') === true ? 404 : 403)
  })

  test.each(ofCases)('a lawyer who is not on the team finds nothing: $name', async ({ method, url, name }) => {
    expect((await send(app.as('intake'), { method, url: here(url), body: bodies[name] })).status).toBe(404)
  })

  test.each(ofIncidents)('a lawyer without the intake mark finds nothing: $name', async ({ method, url, name }) => {
    const { status } = await send(lawyer, { method, url: here(url), body: bodies[name] })
    expect(status).toBe(whoMayTry[name]?.includes('lawyer') === true ? 404 : 403)
  })

  test('the team and the author get through', async () => {
    expect((await lawyer.get(here('/cases/:id'))).status).toBe(200)
    expect((await app.as('monitor').get(here('/incidents/:id'))).status).toBe(200)
    expect((await app.as('intake').get(here('/incidents/:id'))).status).toBe(200)
  })
})

/** Last: these end sessions. */
describe('a token that was revoked', () => {
  test('signing out ends one session', async () => {
    expect((await app.as('clinician').delete('/v1/session')).status).toBe(204)
    expect((await app.as('clinician').get('/v1/me')).status).toBe(401)
    expect((await app.as('monitor').get('/v1/me')).status).toBe(200)
  })

  test('a removed member is out at once', async () => {
    const { body } = await app.as('coordinator').get(`/v1/members/${app.as('monitor').id}`)
    const removed = await app.as('coordinator').delete(`/v1/members/${body.id}`, ifMatch(body.version))
    expect(removed.status).toBe(200)
    for (const { method, url } of routes) {
      expect([url, (await send(app.as('monitor'), { method, url: somewhere(url) })).status]).toEqual([url, 401])
    }
  })

  test('lockdown ends them all', async () => {
    expect((await app.as('coordinator').post('/v1/lockdown')).status).toBe(204)
    for (const { method, url } of routes) {
      expect([url, (await send(app.as('coordinator'), { method, url: somewhere(url) })).status]).toEqual([url, 401])
    }
  })
})
