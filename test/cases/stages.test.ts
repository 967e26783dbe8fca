import { beforeAll, describe, expect, test } from 'vitest'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import {
  add,
  type App,
  authorise,
  content,
  linkReport,
  makeSafe,
  move,
  openCase,
  report,
  versionOf,
} from './support.ts'

let app: App
let people: Record<string, As>
beforeAll(async () => {
  app = await startApp()
  people = {
    lead: app.as('intake'),
    lawyer: app.as('lawyer'),
    clinician: app.as('clinician'),
    coordinator: app.as('coordinator'),
    'coordinator off the team': app.as('officer'),
    'lawyer of the other organisation': app.as('lawyer', 'away'),
    monitor: app.as('monitor'),
    administrator: app.as('administrator'),
  }
})

const person = (name: string): As => {
  const client = people[name]
  if (client === undefined) throw new Error(`there is no ${name}`)
  return client
}

type Stage = 'intake' | 'documentation' | 'litigation' | 'follow_up' | 'closed' | 'declined'
const stages: Stage[] = ['intake', 'documentation', 'litigation', 'follow_up', 'closed', 'declined']

const closing = { to: 'closed', reason: 'Nothing more can be done.', purge_after: '2040-01-01' }
const early = { ...closing, reason_code: 'lost_contact' }

/** Every way there is, with what the mover says. */
const ways: Partial<Record<`${Stage} → ${Stage}`, object>> = {
  'intake → documentation': { to: 'documentation' },
  'intake → declined': { to: 'declined', reason_code: 'out_of_mandate' },
  'intake → closed': early,
  'documentation → litigation': { to: 'litigation' },
  'documentation → follow_up': { to: 'follow_up', reason: 'Medical help only.' },
  'documentation → closed': early,
  'litigation → follow_up': { to: 'follow_up' },
  'litigation → closed': early,
  'follow_up → closed': closing,
  'closed → documentation': { to: 'documentation', reason: 'New witnesses.' },
  'closed → litigation': { to: 'litigation', reason: 'New witnesses.' },
  'closed → follow_up': { to: 'follow_up', reason: 'New witnesses.' },
}

/** How a fresh case comes to a stage. */
const paths: Record<Stage, readonly object[]> = {
  intake: [],
  documentation: [{ to: 'documentation' }],
  litigation: [{ to: 'documentation' }, { to: 'litigation' }],
  follow_up: [{ to: 'documentation' }, { to: 'follow_up', reason: 'Medical help only.' }],
  closed: [early],
  declined: [{ to: 'declined', reason_code: 'no_funds' }],
}

const strategy = { ...content, narrative: { ...content.narrative, strategy: 'Human Rights Committee.' } }

/** A case that lacks nothing, in the given stage, with a lawyer, a clinician and a coordinator beside its lead. */
async function caseIn(stage: Stage): Promise<string> {
  const id = await openCase(person('lead'), strategy)
  for (const name of ['lawyer', 'clinician', 'coordinator'])
    await add(person('lead'), id, { user_id: person(name).id, part: 'member' })
  await linkReport(person('lead'), id)
  await makeSafe(person('lead'), id)
  await authorise(person('lead'), id)
  for (const step of paths[stage]) expect((await move(person('lead'), id, step)).status).toBe(200)
  return id
}

const ended = { state: 'KZ', step_code: 'L6_APPEAL', result: 'rejected' }

async function endProceeding(id: string): Promise<void> {
  expect((await person('lead').post(`/v1/cases/${id}/proceedings`, { legal: ended })).status).toBe(201)
}

const movers = ['lead', 'lawyer', 'coordinator']
const refusals: Record<string, number> = {
  clinician: 403,
  'coordinator off the team': 403,
  'lawyer of the other organisation': 404,
  monitor: 403,
  administrator: 403,
}

/** Whoever may not move a case is refused, each in the way of their kind. */
async function refuseStrangers(id: string, body: object): Promise<void> {
  for (const [name, status] of Object.entries(refusals)) {
    const version = await versionOf(person('lead'), id)
    const refused = await person(name).post(`/v1/cases/${id}/transitions`, body, ifMatch(version))
    expect([name, refused.status]).toEqual([name, status])
  }
}

describe.each(stages)('from %s', (from) => {
  test.each(stages)('to %s: whoever may move cases can where there is a way, and nobody else', async (to) => {
    const said = ways[`${from} → ${to}`]
    const body = said ?? { to }
    let id = await caseIn(from)

    await refuseStrangers(id, body)
    for (const name of movers) {
      if (said !== undefined && name !== 'lead') id = await caseIn(from)
      if (from === 'litigation' && to === 'follow_up') await endProceeding(id)
      const { status } = await move(person(name), id, body)
      const { stage } = (await person('lead').get(`/v1/cases/${id}`)).body
      expect([name, status, stage]).toEqual(said === undefined ? [name, 409, from] : [name, 200, to])
    }
  })
})

describe('a move that cannot be', () => {
  test('where there is no way, lists the ways there are', async () => {
    const id = await openCase(person('lead'))

    const refused = await move(person('lead'), id, { to: 'litigation' })

    expect(refused.body.type).toBe('/problems/no-such-transition')
    expect([...refused.body.allowed].sort()).toEqual(['closed', 'declined', 'documentation'])
  })

  test('lists what is missing, as GET does, until it is there', async () => {
    const lead = person('lead')
    const id = await openCase(lead)

    const missing: string[][] = []
    for (const supply of [
      () => add(lead, id, { user_id: person('lawyer').id, part: 'member' as const }),
      () => linkReport(lead, id),
      () => makeSafe(lead, id),
    ]) {
      const refused = await move(lead, id, { to: 'documentation' })
      expect(refused.body.type).toBe('/problems/requirements-unmet')
      expect(refused.body.missing).toEqual(await shownMissing(lead, id, 'documentation'))
      missing.push(refused.body.missing)
      await supply()
    }

    const safety = ['consent_to_store', 'risk_assessment', 'conflict_check']
    expect(missing).toEqual([['two_members', 'victim', ...safety], ['victim', ...safety], safety])
    expect((await move(lead, id, { to: 'documentation' })).status).toBe(200)
  })

  test('to litigation asks for an act with date and region, a source and a strategy, each by its name', async () => {
    const lead = person('lead')
    const id = await openCase(lead)
    await add(lead, id, { user_id: person('lawyer').id, part: 'member' })
    const { region, ...place } = report.facts.place
    await linkReport(lead, id, { ...report, facts: { ...report.facts, place, sources: [] } })
    await makeSafe(lead, id)
    await move(lead, id, { to: 'documentation' })
    expect(region).toBeDefined()

    const first = await move(lead, id, { to: 'litigation' })
    await linkReport(lead, id)
    await authorise(lead, id)
    const second = await move(lead, id, { to: 'litigation' })

    expect(first.body.missing).toEqual(['act_with_date_and_region', 'source', 'authority', 'strategy'])
    expect(second.body.missing).toEqual(['strategy'])
    expect(second.body.missing).toEqual(await shownMissing(lead, id, 'litigation'))
  })

  test('from litigation to follow-up waits for the final outcome of a proceeding', async () => {
    const id = await caseIn('litigation')
    const before = { ...ended, effect: 'none', result: 'pending' }
    expect((await person('lead').post(`/v1/cases/${id}/proceedings`, { legal: before })).status).toBe(201)

    const refused = await move(person('lead'), id, { to: 'follow_up', reason: 'R' })

    expect([refused.status, refused.body.missing]).toEqual([409, ['final_outcome']])
    expect(await shownMissing(person('lead'), id, 'follow_up')).toEqual(['final_outcome'])
    await endProceeding(id)
    expect((await move(person('lead'), id, { to: 'follow_up' })).body.stage).toBe('follow_up')
  })

  test('names what the mover has not said', async () => {
    const id = await caseIn('documentation')

    const assisted = await move(person('lead'), id, { to: 'follow_up' })
    const closed = await move(person('lead'), id, { to: 'closed' })
    const { allowed } = (await person('lead').get(`/v1/cases/${id}/transitions`)).body

    expect(assisted.body.missing).toEqual(['reason'])
    expect(closed.body.missing).toEqual(['reason', 'reason_code', 'purge_after'])
    expect(allowed.find((way: { to: string }) => way.to === 'closed')).toEqual({
      to: 'closed',
      missing: [],
      needs_reason: true,
      needs_reason_code: true,
      needs_purge_after: true,
    })
  })

  test.each([
    ['a coded reason of the wrong list', { to: 'declined', reason_code: 'remedy_implemented' }],
    ['a coded reason where none belongs', { to: 'documentation', reason_code: 'other' }],
    ['a retention day that is over', { ...early, purge_after: '2020-01-01' }],
    ['a retention day for a case that stays open', { to: 'documentation', purge_after: '2040-01-01' }],
  ])('with %s is not a valid request', async (_what, body) => {
    const id = await openCase(person('lead'))

    expect((await move(person('lead'), id, body)).status).toBe(400)
  })

  test('leaves no trace of itself', async () => {
    const id = await openCase(person('lead'))

    await move(person('lead'), id, { to: 'documentation' })

    const { version, stage, history } = (await person('lead').get(`/v1/cases/${id}/transitions`)).body
    expect({ version, stage, history }).toEqual({ version: 1, stage: 'intake', history: [] })
  })
})

describe('the history of a case', () => {
  test('keeps who, when, from, to, why and what was met, in order, for the team alone', async () => {
    const id = await caseIn('documentation')
    await move(person('lawyer'), id, early)
    await move(person('coordinator'), id, { to: 'documentation', reason: 'Found again.' })

    const { history } = (await person('clinician').get(`/v1/cases/${id}/transitions`)).body

    const met = ['lead', 'two_members', 'victim', 'consent_to_store', 'risk_assessment', 'conflict_check']
    const moved_on = new Date().toISOString().slice(0, 10)
    const { reason } = early
    expect(history.map(({ id: _, ...kept }: { id: string }) => kept)).toEqual([
      { ...step('intake', 'documentation'), ...by('lead'), narrative: { requirements_met: met } },
      {
        ...step('documentation', 'closed'),
        ...by('lawyer'),
        narrative: { reason, reason_code: 'lost_contact', requirements_met: [] },
      },
      {
        ...step('closed', 'documentation'),
        ...by('coordinator'),
        narrative: { reason: 'Found again.', requirements_met: met },
      },
    ])

    function step(from_stage: Stage, to_stage: Stage) {
      return { from_stage, to_stage, moved_on }
    }
    function by(name: string) {
      return { moved_by: person(name).id }
    }
  })

  test('closing sets the retention day, and reopening clears it', async () => {
    const id = await caseIn('closed')
    expect((await person('lead').get(`/v1/cases/${id}`)).body.purge_after).toBe(early.purge_after)

    const reopened = await move(person('lead'), id, { to: 'documentation', reason: 'New witnesses.' })

    expect(reopened.body).toMatchObject({ stage: 'documentation', purge_after: null })
  })
})

test('twenty moves at once under one version: one wins, and one is kept', async () => {
  const lead = person('lead')
  const id = await openCase(lead)

  const answers = await Promise.all(
    Array.from({ length: 20 }, () => lead.post(`/v1/cases/${id}/transitions`, early, ifMatch(1))),
  )

  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)])
  expect((await lead.get(`/v1/cases/${id}/transitions`)).body.history).toHaveLength(1)
})

async function shownMissing(by: As, id: string, to: Stage): Promise<string[]> {
  const { allowed } = (await by.get(`/v1/cases/${id}/transitions`)).body
  return allowed.find((way: { to: string }) => way.to === to).missing
}
