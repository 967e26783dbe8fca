import { beforeEach, expect, test } from 'vitest'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { add, type App, content, openCase, versionOf } from './support.ts'

let app: App
let lead: As
let lawyer: As
let clinician: As
let coordinator: As
let officer: As
beforeEach(async () => {
  app = await startApp()
  lead = app.as('intake')
  lawyer = app.as('lawyer')
  clinician = app.as('clinician')
  coordinator = app.as('coordinator')
  officer = app.as('officer')
})

async function bar(by: As, id: string, who: As) {
  return by.post(`/v1/cases/${id}/walls`, { user_id: who.id }, ifMatch(await versionOf(lead, id)))
}

test('a coordinator behind a wall sees nothing of the case, and cannot be asked onto it', async () => {
  const id = await openCase(lead)
  const other = await openCase(lead)
  expect((await officer.get(`/v1/cases/${id}`)).status).toBe(200)

  const barred = await bar(lead, id, officer)

  expect([barred.status, barred.body.walls]).toMatchObject([200, [{ user_id: officer.id, raised_by: lead.id }]])
  expect((await officer.get(`/v1/cases/${id}`)).status).toBe(404)
  const listed = (await officer.get('/v1/cases')).body.items.map((one: { id: string }) => one.id)
  expect(listed).toContain(other)
  expect(listed).not.toContain(id)
  const asked = await add(lead, id, { user_id: officer.id, part: 'member' })
  expect([asked.status, asked.body.type]).toEqual([409, '/problems/not-eligible'])
  expect((await officer.post(`/v1/cases/${id}/walls`, { user_id: lead.id }, ifMatch(1))).status).toBe(404)
})

test('whoever is on the team when the wall goes up is off it, and the case has a new key', async () => {
  const id = await openCase(lead)
  await add(lead, id, { user_id: coordinator.id, part: 'member' })
  expect((await coordinator.get(`/v1/cases/${id}`)).body).toMatchObject(content)

  await bar(lead, id, coordinator)

  expect((await coordinator.get(`/v1/cases/${id}`)).status).toBe(404)
  expect((await lead.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  const held = await app.database
    .selectFrom('cases as c')
    .innerJoin('keyring_grants as g', 'g.keyring_id', 'c.keyring_id')
    .select('g.user_id')
    .where(({ eb }) => eb.and([eb(eb.cast('c.id', 'text'), '=', id)]))
    .execute()
  expect(new Set(held.map(({ user_id }) => String(user_id)))).toEqual(new Set([lead.id]))
})

test('a member may bar themselves and nobody else; the lead lowers a wall', async () => {
  const id = await openCase(lead)
  for (const who of [lawyer, clinician]) await add(lead, id, { user_id: who.id, part: 'member' })

  expect((await bar(clinician, id, lawyer)).status).toBe(403)
  expect((await bar(clinician, id, clinician)).status).toBe(200)
  expect((await clinician.get(`/v1/cases/${id}/walls`)).status).toBe(404)
  const version = await versionOf(lead, id)
  expect((await lawyer.delete(`/v1/cases/${id}/walls/${clinician.id}`, ifMatch(version))).status).toBe(403)
  expect((await lead.delete(`/v1/cases/${id}/walls/${clinician.id}`, ifMatch(version))).status).toBe(200)
  expect((await add(lead, id, { user_id: clinician.id, part: 'member' })).status).toBe(200)
})

test('the lead, the last of a team, and a stranger cannot be barred', async () => {
  const id = await openCase(lead)
  expect((await bar(lead, id, lead)).body.type).toBe('/problems/last-member')
  await add(lead, id, { user_id: lawyer.id, part: 'member' })

  expect((await bar(lead, id, lead)).body.type).toBe('/problems/lead-must-pass')
  expect((await bar(lead, id, app.as('lawyer', 'away'))).body.type).toBe('/problems/not-eligible')
})

const give = (by: As, from: As, to: As) => by.post(`/v1/members/${from.id}/handover`, { to: to.id })

test('a lawyer who leaves gives all cases at once to another, who leads what they led and reads all of it', async () => {
  const led = [await openCase(lawyer), await openCase(lawyer), await openCase(lawyer)]
  const shared = await openCase(lead)
  for (const who of [lawyer, clinician]) await add(lead, shared, { user_id: who.id, part: 'member' })
  for (const id of led)
    await lawyer.post(`/v1/cases/${id}/papers`, { kind: 'note', narrative: { text: 'Before the hand-over.' } })

  const given = await give(lawyer, lawyer, coordinator)

  expect(given.status).toBe(200)
  expect([...given.body.handed_over].sort()).toEqual([...led, shared].sort())
  for (const id of led) {
    const file = (await coordinator.get(`/v1/cases/${id}`)).body
    expect(file).toMatchObject({ ...content, team: [{ user_id: coordinator.id, part: 'lead' }] })
    const { items } = (await coordinator.get(`/v1/cases/${id}/papers`)).body
    expect(items).toMatchObject([{ narrative: { text: 'Before the hand-over.' } }])
    expect((await lawyer.get(`/v1/cases/${id}`)).status).toBe(404)
  }
  const { team } = (await lead.get(`/v1/cases/${shared}`)).body
  expect(team.find((one: { part: string }) => one.part === 'lead').user_id).toBe(lead.id)
  expect((await lawyer.get('/v1/cases')).body.items).toEqual([])
  expect((await coordinator.get('/v1/cases')).body.items[0].narrative).toEqual(content.narrative)
})

test('a case whose heir is barred, or whose key the coordinator has not, is left and named', async () => {
  const closed = await openCase(lawyer)
  const open = await openCase(lawyer)
  const walled = await openCase(lawyer)
  for (const id of [open, walled]) await add(lawyer, id, { user_id: coordinator.id, part: 'member' })
  await lawyer.post(`/v1/cases/${walled}/walls`, { user_id: lead.id }, ifMatch(await versionOf(lawyer, walled)))

  const given = await give(coordinator, lawyer, lead)

  expect([given.status, given.body.handed_over]).toEqual([200, [open]])
  expect([...given.body.cases_kept].sort()).toEqual([closed, walled].sort())
  expect((await lead.get(`/v1/cases/${open}`)).body).toMatchObject(content)
  expect((await lawyer.get(`/v1/cases/${open}`)).status).toBe(404)
  for (const id of [closed, walled]) expect((await lawyer.get(`/v1/cases/${id}`)).body).toMatchObject(content)
})

test('nobody gives away the cases of another, or gives theirs to somebody who cannot lead', async () => {
  const id = await openCase(lawyer)

  expect((await give(lead, lawyer, lead)).status).toBe(403)
  expect((await give(app.as('coordinator', 'away'), lawyer, lead)).status).toBe(404)
  for (const heir of [clinician, lawyer, app.as('monitor'), app.as('lawyer', 'away')])
    expect((await give(lawyer, lawyer, heir)).status).toBe(409)
  expect((await lawyer.get(`/v1/cases/${id}`)).status).toBe(200)
})
