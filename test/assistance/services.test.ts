import { beforeAll, describe, expect, test } from 'vitest'
import { add, openCase } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')
const coordinator = app.as('coordinator')

type Facts = Record<string, unknown>

let id: string
let programme: string
let line: string
beforeAll(async () => {
  id = await openCase(lawyer)
  await add(lawyer, id, { user_id: clinician.id, part: 'member' })
  programme = await programmeOf(coordinator)
  line = await lineOf(programme, 'Psychological help', { amount_minor: 100_000, currency: 'USD' })
})

async function programmeOf(by: As): Promise<string> {
  const body = { starts_on: '2026-01-01', ends_on: '2026-12-31', profile: { name: 'Invented programme' } }
  return (await by.post('/v1/programmes', body)).body.id
}

async function lineOf(ofProgramme: string, name: string, budget: object): Promise<string> {
  const added = await coordinator.post(`/v1/programmes/${ofProgramme}/budget-lines`, { facts: { name, budget } })
  expect(added.status).toBe(201)
  return added.body.id
}

const service = (facts: Facts = {}) => ({
  facts: { kind: 'psychological', delivered_on: '2026-03-02', ...facts },
  note: 'Invented: slept better.',
})
const record = (by: As, facts: Facts = {}) => by.post(`/v1/cases/${id}/services`, service(facts))
const booked = (amount_minor: number, currency = 'USD') => ({
  programme_id: programme,
  budget_line_id: line,
  cost: { amount_minor, currency },
})
const spending = async () => (await coordinator.get(`/v1/programmes/${programme}/spending`)).body.lines[0]

describe('what was done', () => {
  test('is read by the team whole, with who recorded it', async () => {
    const { body: receipt } = await record(clinician, { beneficiary: 'v1', units: 3 })

    const { body } = await lawyer.get(`/v1/cases/${id}/services`)

    const [entry] = body.items.filter((one: { id: string }) => one.id === receipt.id)
    expect(entry).toMatchObject({
      recorded_by: clinician.id,
      facts: { kind: 'psychological', beneficiary: 'v1', units: 3 },
      narrative: { note: 'Invented: slept better.' },
    })
  })

  test('does not exist for whoever is not on the team', async () => {
    expect((await coordinator.get(`/v1/cases/${id}/services`)).status).toBe(404)
    expect((await record(app.as('intake'))).status).toBe(404)
    expect((await record(app.as('monitor'))).status).toBe(403)
  })

  test('has happened: a day to come, and kinds and currencies that do not exist, are refused', async () => {
    expect((await record(lawyer, { delivered_on: '2099-01-01' })).body.type).toBe('/problems/not-yet-delivered')
    for (const facts of [{ kind: 'magic' }, { cost: { amount_minor: 1, currency: 'XXX' } }, { units: 0 }])
      expect((await record(lawyer, facts)).status).toBe(400)
  })

  test('names only what is of this organisation', async () => {
    const elsewhere = await programmeOf(app.as('coordinator', 'away'))
    const other = await programmeOf(coordinator)

    const refused = await Promise.all([
      record(lawyer, { programme_id: elsewhere }),
      record(lawyer, { programme_id: other, budget_line_id: line }),
      record(lawyer, { provider_id: crypto.randomUUID() }),
    ])

    expect(refused.map(({ status, body }) => [status, body.fields])).toEqual([
      [422, ['programme_id']],
      [422, ['budget_line_id']],
      [422, ['provider_id']],
    ])
  })

  test('comes in pages', async () => {
    for (let nth = 0; nth < 4; nth += 1) await record(lawyer)
    const first = (await lawyer.get(`/v1/cases/${id}/services?limit=3`)).body
    const second = (await lawyer.get(`/v1/cases/${id}/services?limit=200&after=${first.next}`)).body

    const ids = [...first.items, ...second.items].map((one: { id: string }) => one.id)
    expect([first.items.length, second.next]).toEqual([3, null])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('an entry is declared void', () => {
  const voided = (by: As, entry: string, version = 1) =>
    by.post(`/v1/cases/${id}/services/${entry}/void`, { reason: 'Entered twice.' }, ifMatch(version))

  test('with a reason, once, and stays to be read', async () => {
    const { body: entry } = await record(clinician)

    const done = await voided(clinician, entry.id)

    expect(done.body).toMatchObject({ is_void: true, narrative: { void_reason: 'Entered twice.' } })
    expect((await voided(clinician, entry.id, 2)).status).toBe(409)
    const { body } = await lawyer.get(`/v1/cases/${id}/services?limit=200`)
    expect(body.items.find((one: { id: string }) => one.id === entry.id).is_void).toBe(true)
  })

  test('by who recorded it or leads; another member may not, and of ten at once one wins', async () => {
    const { body: entry } = await record(lawyer)
    expect((await voided(clinician, entry.id)).status).toBe(403)

    const replies = await Promise.all(Array.from({ length: 10 }, () => voided(lawyer, entry.id)))

    expect(replies.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
  })
})

describe('the books', () => {
  test('add up what was booked to a line, leave out what is void, and keep other currencies apart', async () => {
    await record(lawyer, booked(12_50))
    await record(clinician, booked(30_00))
    await record(lawyer, booked(5_000, 'KGS'))
    const { body: twice } = await record(lawyer, booked(99_99))
    await lawyer.post(`/v1/cases/${id}/services/${twice.id}/void`, { reason: 'Entered twice.' }, ifMatch(1))

    expect(await spending()).toMatchObject({
      name: 'Psychological help',
      budget: { amount_minor: 100_000, currency: 'USD' },
      spent: { amount_minor: 42_50, currency: 'USD' },
      left_minor: 100_000 - 42_50,
      in_other_currencies: [{ amount_minor: 5_000, currency: 'KGS' }],
      services: 3,
    })
  })

  test('are for the coordinators of the organisation', async () => {
    expect((await lawyer.get(`/v1/programmes/${programme}/spending`)).status).toBe(403)
    expect((await app.as('coordinator', 'away').get(`/v1/programmes/${programme}/spending`)).status).toBe(404)
  })
})
