import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/platform/kernel/ids.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { add, type App, content, linkReport, openCase, takeOff, versionOf } from './support.ts'

let app: App
let lawyer: As
let intake: As
let clinician: As
let coordinator: As
beforeAll(async () => {
  app = await startApp()
  lawyer = app.as('lawyer')
  intake = app.as('intake')
  clinician = app.as('clinician')
  coordinator = app.as('coordinator')
})

const member = (client: As) => ({ user_id: client.id, part: 'member' as const })
const lead = (client: As) => ({ user_id: client.id, part: 'lead' as const })
const partsOf = (body: { team: { user_id: string; part: string }[] }) =>
  Object.fromEntries(body.team.map(({ user_id, part }) => [user_id, part]))

/** The keyring of a case: its version, who holds a root of it, and how many record keys are under which version. */
async function keysOf(id: string) {
  const { rows } = await sql<{ version: number; holders: string[]; records: Record<string, number> }>`
    select k.version,
      (select coalesce(json_agg(g.user_id order by g.user_id), '[]') from keyring_grants g
       where g.keyring_id = k.id) as holders,
      (select coalesce(json_object_agg(under, n), '{}')
       from (select keyring_version as under, count(*) as n from record_keys r
             where r.keyring_id = k.id group by 1) v) as records
    from keyrings k join cases c on c.keyring_id = k.id where c.id = ${id}`.execute(app.database)
  return rows[0]
}

/** An account that nobody has confirmed yet. */
async function invite(roles: string[]): Promise<string> {
  const { code } = (await coordinator.post('/v1/invitations', { roles })).body
  const accepted = await coordinator.post('/v1/invitations/accept', { code, profile: { name: 'Newcomer' } })
  expect(accepted.status).toBe(201)
  return accepted.body.user_id
}

describe('taking a colleague on', () => {
  test('opens the whole case to them', async () => {
    const id = await openCase(lawyer)

    const added = await add(lawyer, id, member(clinician))

    expect(added.status).toBe(200)
    expect(added.headers['etag']).toBe('"2"')
    expect(partsOf(added.body)).toEqual({ [lawyer.id]: 'lead', [clinician.id]: 'member' })
    expect((await clinician.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  })

  test('can be done by any lawyer or coordinator of the team, not by a clinician', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(clinician))
    await add(lawyer, id, member(coordinator))

    const byClinician = await add(clinician, id, member(intake))
    const byCoordinator = await add(coordinator, id, member(intake))

    expect([byClinician.status, byCoordinator.status]).toEqual([403, 200])
  })

  test('is refused for somebody whose key nobody has confirmed', async () => {
    const id = await openCase(lawyer)
    const newcomer = await invite(['lawyer'])

    const refused = await add(lawyer, id, { user_id: newcomer, part: 'member' })

    expect(refused.status).toBe(409)
    expect(refused.body.type).toBe('/problems/key-not-confirmed')
  })

  test('is refused for those who work on no cases, for strangers and for the other organisation, alike', async () => {
    const id = await openCase(lawyer)
    const others = [app.as('monitor').id, app.as('administrator').id, app.as('lawyer', 'away').id, newId('users')]

    for (const user_id of others) {
      const refused = await add(lawyer, id, { user_id, part: 'member' })
      expect([refused.status, refused.body.type]).toEqual([409, '/problems/not-eligible'])
    }
    expect((await lawyer.get(`/v1/cases/${id}`)).body.team).toHaveLength(1)
  })

  test('is refused the second time', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(clinician))

    const again = await add(lawyer, id, member(clinician))
    const oneself = await add(lawyer, id, member(lawyer))

    expect([again.body.type, oneself.body.type]).toEqual(Array(2).fill('/problems/already-on-team'))
  })

  test('by twenty at once is won by one', async () => {
    const id = await openCase(lawyer)

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => lawyer.post(`/v1/cases/${id}/members`, member(clinician), ifMatch(1))),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)])
    expect(await keysOf(id)).toMatchObject({ holders: [lawyer.id, clinician.id].sort() })
  })
})

describe('the lead', () => {
  test('passes to whoever is named, newly taken on or there already', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(coordinator))

    const newcomer = await add(lawyer, id, lead(intake))
    const present = await add(lawyer, id, lead(coordinator))

    expect(partsOf(newcomer.body)).toMatchObject({ [intake.id]: 'lead', [lawyer.id]: 'member' })
    expect(partsOf(present.body)).toEqual({ [coordinator.id]: 'lead', [intake.id]: 'member', [lawyer.id]: 'member' })
  })

  test('is never a clinician, who could not act for the case', async () => {
    const id = await openCase(lawyer)

    const refused = await add(lawyer, id, lead(clinician))

    expect(refused.body.type).toBe('/problems/not-eligible')
  })

  test('cannot be taken off, nor leave, before another is named', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(coordinator))

    const refused = [await takeOff(lawyer, id, lawyer.id), await takeOff(coordinator, id, lawyer.id)]
    await add(lawyer, id, lead(coordinator))
    const gone = await takeOff(lawyer, id, lawyer.id)

    expect(refused.map(({ body }) => body.type)).toEqual(Array(2).fill('/problems/lead-must-pass'))
    expect(gone.status).toBe(200)
  })
})

describe('taking somebody off', () => {
  test('closes the case to them from the next request on', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(intake))
    expect((await intake.get(`/v1/cases/${id}`)).status).toBe(200)

    await takeOff(lawyer, id, intake.id)

    expect((await intake.get(`/v1/cases/${id}`)).status).toBe(404)
    expect((await intake.get('/v1/cases')).body.items.map((one: { id: string }) => one.id)).not.toContain(id)
  })

  test('leaves a coordinator the coded facts', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(coordinator))

    await takeOff(lawyer, id, coordinator.id)

    expect((await coordinator.get(`/v1/cases/${id}`)).body).toMatchObject({ facts: content.facts, narrative: null })
  })

  test('moves the case to a key that only those who stay hold', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(intake))
    await add(lawyer, id, member(clinician))

    await takeOff(lawyer, id, intake.id)

    expect(await keysOf(id)).toEqual({ version: 2, holders: [lawyer.id, clinician.id].sort(), records: { 2: 1 } })
    expect((await clinician.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  })

  test('moves a hundred linked records with it in one act', async () => {
    const id = await openCase(intake)
    await add(intake, id, member(lawyer))
    const incidents: string[] = []
    for (let nth = 0; nth < 99; nth += 1) incidents.push(await linkReport(intake, id))
    await add(intake, id, member(clinician))

    await takeOff(intake, id, lawyer.id)

    expect(await keysOf(id)).toMatchObject({ version: 2, records: { 2: 100 } })
    for (const incident of incidents.slice(0, 5)) {
      expect((await clinician.get(`/v1/incidents/${incident}`)).body.narrative).not.toBeNull()
      expect((await lawyer.get(`/v1/incidents/${incident}`)).status).toBe(404)
    }
  })

  test('is for the lead and for a coordinator of the team; the others take off only themselves', async () => {
    const id = await openCase(lawyer)
    for (const client of [intake, coordinator, clinician]) await add(lawyer, id, member(client))

    const byMember = await takeOff(intake, id, clinician.id)
    const byCoordinator = await takeOff(coordinator, id, clinician.id)
    const byOneself = await takeOff(intake, id, intake.id)

    expect([byMember.status, byCoordinator.status, byOneself.status]).toEqual([403, 200, 200])
    expect(await keysOf(id)).toMatchObject({ version: 3, records: { 3: 1 } })
    expect((await coordinator.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  })

  test('the last of the team is refused: nobody could read the case any more', async () => {
    const id = await openCase(lawyer)

    const refused = await takeOff(lawyer, id, lawyer.id)

    expect([refused.status, refused.body.type]).toEqual([409, '/problems/last-member'])
    expect((await lawyer.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  })

  test('a clinician may leave too', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(clinician))

    const left = await takeOff(clinician, id, clinician.id)

    expect(left.status).toBe(200)
    expect(await keysOf(id)).toEqual({ version: 2, holders: [lawyer.id], records: { 2: 1 } })
  })

  test('somebody who is not on it is not found', async () => {
    const id = await openCase(lawyer)

    expect((await takeOff(lawyer, id, clinician.id)).status).toBe(404)
  })

  test('while reports are being linked leaves none of them under the old key', async () => {
    const id = await openCase(intake)
    await add(intake, id, member(lawyer))
    await add(intake, id, member(clinician))
    const version = await versionOf(intake, id)

    const [removed] = await Promise.all([
      intake.delete(`/v1/cases/${id}/members/${lawyer.id}`, ifMatch(version)),
      ...Array.from({ length: 8 }, () => linkReport(intake, id)),
    ])

    expect(removed.status).toBe(200)
    expect(await keysOf(id)).toMatchObject({ version: 2, records: { 2: 9 } })
  })

  test('by ten at once happens once, and everybody who stays reads on', async () => {
    const id = await openCase(lawyer)
    await add(lawyer, id, member(intake))
    await add(lawyer, id, member(clinician))
    const version = await versionOf(lawyer, id)

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => lawyer.delete(`/v1/cases/${id}/members/${intake.id}`, ifMatch(version))),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(412)])
    expect(await keysOf(id)).toMatchObject({ version: 2, records: { 2: 1 } })
    expect((await clinician.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  })
})
