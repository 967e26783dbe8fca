import type { InjectOptions } from 'fastify'
import { canaries } from '../canaries/all.ts'
import { remindersCanary } from '../canaries/reminders.ts'
import { statisticsCanary } from '../canaries/statistics.ts'
import type { Answer, Ask, Caller } from './caller.ts'
import { type App, linkReport, openCase } from './scenario.ts'

/** What the scenario leaves itself (an address), and what a release of statistics leaves, which has tests of its own. */
const elsewhere = [remindersCanary, statisticsCanary]
export const ofReleases = [
  'statistics_contributions.facts',
  'statistics_cubes.facts',
  'statistics_figures.facts',
  'statistics_pools.facts',
  'statistics_release_parts.facts',
  'statistics_releases.facts',
]

const isMethod = (text: string): text is 'GET' | 'POST' | 'PUT' | 'PATCH' =>
  ['GET', 'POST', 'PUT', 'PATCH'].includes(text)

/** A text goes as it is, anything else as JSON. */
function payloadOf(body: unknown): Pick<InjectOptions, 'payload' | 'headers'> {
  if (body === undefined) return {}
  if (typeof body === 'string') return { payload: body }
  return { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** Speaks to a server without a network, in the way in which the canaries are put into a running program. */
function insideCaller(app: App): Caller {
  const send = async (request: string, { token = '', body, headers }: Ask) => {
    const [method = '', url = ''] = request.split(' ')
    if (!isMethod(method)) throw new Error(`${method} is no method`)
    const { payload, headers: type } = payloadOf(body)
    const all = { ...(token !== '' && { authorization: `Bearer ${token}` }), ...type, ...headers }
    return app.server.inject({ method, url, headers: all, ...(payload !== undefined && { payload }) })
  }
  const call = async (request: string, ask: Ask = {}): Promise<Answer> => {
    const { statusCode, body, headers } = await send(request, ask)
    const location = headers.location ?? ''
    return { status: statusCode, text: body, location, body: body.startsWith('{') ? JSON.parse(body) : body }
  }
  const expectOf = async (status: number, request: string, ask: Ask = {}) => {
    const answer = await call(request, ask)
    if (answer.status !== status) throw new Error(`${request}: ${String(answer.status)} ${answer.text}`)
    return answer.body
  }
  const location = async (request: string, ask: Ask) => (await call(request, ask)).location
  return { call, expectOf, location }
}

/** A case of the officer's, who is a coordinator, with something of every module in it; and an upload that was begun. */
export async function fillEveryColumn(app: App): Promise<string> {
  const [token, clinician, administrator] = await Promise.all(
    ['officer', 'officer3', 'administrator'].map(async (name) => (await app.as(name).token()) ?? ''),
  )
  const caseId = await openCase(app.as('officer'), 'Invented case with a little of everything')
  await linkReport(app, app.as('officer'), caseId)
  const caller = insideCaller(app)
  const spot = {
    caller,
    caseId,
    token: token ?? '',
    clinician: { id: app.as('officer3').id, token: clinician ?? '' },
    founder: { token: token ?? '' },
    administrator: { token: administrator ?? '' },
    at: 1,
    told: (field: string) => `Invented ${field}`,
  }
  for (const canary of canaries) if (!elsewhere.includes(canary)) await canary.fill(spot)
  await caller.location('POST /v1/uploads', {
    token: spot.token,
    headers: { 'tus-resumable': '1.0.0', 'upload-length': '1000' },
  })
  return caseId
}
