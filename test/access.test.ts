import { beforeAll, describe, expect, test } from 'vitest'
import { routesOf } from '../src/app/routes.ts'
import { reportOf } from './incidents/reports.ts'
import { startApp } from './support/app.ts'
import { type Client, ifMatch } from './support/client.ts'

const app = await startApp()
const routes = routesOf(app.parts).map(({ method, url }) => ({ method, url, name: `${method} ${url}` }))

const everyRole = ['monitor', 'lawyer', 'clinician', 'coordinator', 'administrator'] as const
const marked = ['intake', 'officer'] as const
const everyone = [...everyRole, ...marked]

const anyone = ['nobody', ...everyone]
const handlers = ['monitor', 'lawyer', 'clinician', 'coordinator', ...marked]
const casework = ['lawyer', 'clinician', 'coordinator', ...marked]
const leaders = ['lawyer', 'coordinator', ...marked]
const heads = ['coordinator', 'administrator', 'officer']
const coordinators = ['coordinator', 'officer']

/**
 * One line per route: who may try it. `intake` is a lawyer and `officer` a coordinator, each with the mark.
 * A route missing here, or a line without a route, fails the suite.
 */
const whoMayTry: Record<string, readonly string[]> = {
  'POST /setup': anyone,
  'POST /session': anyone,
  'POST /session/refresh': anyone,
  'DELETE /session': everyone,
  'POST /lockdown': heads,
  'GET /me': everyone,
  'POST /me/passphrase': everyone,
  'GET /me/second-factor': everyone,
  'PUT /me/second-factor': everyone,
  'POST /recoveries': anyone,
  'GET /recoveries': ['officer'],
  'POST /recoveries/:id/approvals': ['officer'],
  'POST /recoveries/complete': anyone,
  'GET /recovery/coverage': heads,
  'GET /organisations': everyone,
  'POST /organisations': coordinators,
  'GET /invitations': heads,
  'POST /invitations': heads,
  'POST /invitations/accept': anyone,
  'GET /members': everyone,
  'GET /members/:id': everyone,
  'POST /members/:id/confirm': coordinators,
  'PATCH /members/:id': coordinators,
  'DELETE /members/:id': heads,
  'GET /programmes': casework,
  'POST /programmes': coordinators,
  'POST /incidents': handlers,
  'POST /incidents/batch': handlers,
  'GET /incidents': handlers,
  'GET /incidents/:id': handlers,
  'POST /incidents/:id/triage': ['intake'],
  'POST /incidents/:id/supplements': handlers,
  'POST /incidents/:id/verification': ['lawyer', 'intake'],
  'POST /incidents/:id/case': ['intake'],
  'POST /cases': leaders,
  'GET /cases': casework,
  'GET /cases/:id': casework,
  'PATCH /cases/:id': leaders,
  'POST /cases/:id/members': casework,
  'DELETE /cases/:id/members/:user_id': casework,
  'GET /cases/:id/transitions': casework,
  'POST /cases/:id/transitions': leaders,
  'GET /vocabularies': anyone,
  'GET /vocabularies/:name': anyone,
  'POST /statistics/exports': coordinators,
  'GET /audit': heads,
  'GET /audit/checkpoints': heads,
  'POST /audit/checkpoints': heads,
}

/** Trying these as somebody who may would end the sessions that the other tests use. */
const endsSessions = ['DELETE /session', 'POST /lockdown']

const somewhere = (url: string) =>
  `/v1${url.replaceAll(/:(id|user_id)/g, () => crypto.randomUUID()).replace(':name', 'sex')}`

type Try = { method: string; url: string; body?: unknown }

function send(client: Client, { method, url, body = { nonsense: true } }: Try) {
  if (method === 'GET') return client.get(url)
  if (method === 'DELETE') return client.delete(url, ifMatch(1))
  if (method === 'PUT') return client.put(url, body)
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
    `/v1${url.replace('/incidents/:id', `/incidents/${incident.id}`).replace('/cases/:id', `/cases/${found.id}`).replace('/members/:id', `/members/${lawyer.id}`).replace(':user_id', lawyer.id)}`
  const ofRecords = routes.filter(({ url }) => /^\/(incidents|cases|members)\/:id/.test(url))
  const ofCases = ofRecords.filter(({ url }) => url.startsWith('/cases'))
  const ofIncidents = ofRecords.filter(({ url }) => url.startsWith('/incidents'))

  /** Bodies that pass the schema, so that it is the record that answers. */
  const bodies: Record<string, unknown> = {
    'POST /members/:id/confirm': { fingerprint: 'x' },
    'PATCH /members/:id': { is_intake: true },
    'POST /incidents/:id/triage': { decision: 'accept' },
    'POST /incidents/:id/supplements': { narrative: { account: 'more' } },
    'POST /incidents/:id/verification': { grade: 'corroborated' },
    'POST /incidents/:id/case': { case_id: crypto.randomUUID() },
    'PATCH /cases/:id': { identity: { title: 'Another' } },
    'POST /cases/:id/members': { user_id: crypto.randomUUID(), part: 'member' },
    'POST /cases/:id/transitions': { to: 'documentation' },
  }
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
