import { beforeEach, expect, test } from 'vitest'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { add, type App, content, move, openCase } from './support.ts'

let app: App
let lawyer: As
let intake: As
let clinician: As
let coordinator: As
beforeEach(async () => {
  app = await startApp()
  lawyer = app.as('lawyer')
  intake = app.as('intake')
  clinician = app.as('clinician')
  coordinator = app.as('coordinator')
})

async function change(by: As, who: As, wish: object) {
  const { version } = (await by.get(`/v1/members/${who.id}`)).body
  return by.patch(`/v1/members/${who.id}`, wish, ifMatch(version))
}

const partsOf = async (by: As, id: string) => {
  const { body } = await by.get(`/v1/cases/${id}`)
  return Object.fromEntries(body.team.map(({ user_id, part }: { user_id: string; part: string }) => [user_id, part]))
}

/** Who holds a root of the case's keyring, of whatever version. */
async function holdersOf(id: string): Promise<string[]> {
  const rows = await app.database
    .selectFrom('keyring_grants as g')
    .innerJoin('cases as c', 'c.keyring_id', 'g.keyring_id')
    .select(['g.user_id', 'c.id'])
    .execute()
  return [...new Set(rows.flatMap((row) => (row.id === id ? [String(row.user_id)] : [])))].sort()
}

test('a lawyer who becomes a monitor is off all cases and keeps none of their keys; those who stay read and write on', async () => {
  const id = await openCase(lawyer)
  for (const client of [clinician, intake]) await add(lawyer, id, { user_id: client.id, part: 'member' })

  const changed = await change(coordinator, lawyer, { roles: ['monitor'] })

  expect(changed.status).toBe(200)
  expect(await partsOf(intake, id)).toEqual({ [clinician.id]: 'member', [intake.id]: 'lead' })
  await app.signIn('intake')
  await app.signIn('clinician')
  expect(await holdersOf(id)).toEqual([clinician.id, intake.id].sort())
  expect((await intake.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  expect((await move(intake, id, { to: 'declined', reason_code: 'no_capacity' })).status).toBe(200)
})

test('and is refused the change while there is a case that nobody else could read', async () => {
  const id = await openCase(lawyer)

  const refused = await change(coordinator, lawyer, { roles: ['monitor'] })

  expect([refused.status, refused.body.cases]).toEqual([409, [id]])
  expect((await lawyer.get(`/v1/cases/${id}`)).body).toMatchObject(content)
})

test('a lawyer who becomes a clinician stays on the team and leads no more', async () => {
  const id = await openCase(lawyer)
  await add(lawyer, id, { user_id: intake.id, part: 'member' })

  const changed = await change(coordinator, lawyer, { roles: ['clinician'] })

  expect(changed.status).toBe(200)
  expect(await partsOf(intake, id)).toEqual({ [lawyer.id]: 'member', [intake.id]: 'lead' })
  expect((await lawyer.get(`/v1/cases/${id}`)).body).toMatchObject(content)
})

test('a key that somebody made who may make none any more is replaced, also where they were never on the team', async () => {
  const id = await openCase(lawyer)
  await add(lawyer, id, { user_id: intake.id, part: 'lead' })
  await add(intake, id, { user_id: clinician.id, part: 'member' })
  const officer = app.as('officer')
  const { version } = (await officer.get(`/v1/members/${lawyer.id}`)).body
  await officer.delete(`/v1/members/${lawyer.id}`, ifMatch(version))

  const changed = await change(app.as('founder'), officer, { roles: ['monitor'], is_recovery_officer: false })

  expect(changed.status).toBe(200)
  await app.signIn('intake')
  expect((await move(intake, id, { to: 'declined', reason_code: 'no_capacity' })).status).toBe(200)
  expect((await clinician.get(`/v1/cases/${id}`)).body).toMatchObject(content)
})
