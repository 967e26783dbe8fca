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

async function remove(by: As, gone: As) {
  const { version } = (await by.get(`/v1/members/${gone.id}`)).body
  return by.delete(`/v1/members/${gone.id}`, ifMatch(version))
}

test('whoever is removed from the organisation is off all cases, and the longest-standing lawyer leads', async () => {
  const id = await openCase(lawyer)
  for (const client of [clinician, intake]) await add(lawyer, id, { user_id: client.id, part: 'member' })

  const removed = await remove(coordinator, lawyer)

  expect(removed.body.cases_kept).toEqual([])
  const { team, ...read } = (await intake.get(`/v1/cases/${id}`)).body
  expect(read).toMatchObject(content)
  expect(team.map(({ user_id, part }: { user_id: string; part: string }) => [user_id, part]).sort()).toEqual(
    [
      [clinician.id, 'member'],
      [intake.id, 'lead'],
    ].sort(),
  )
})

test('somebody who holds no key of the case can remove, and those who stay read and write on', async () => {
  const id = await openCase(lawyer)
  await add(lawyer, id, { user_id: intake.id, part: 'lead' })
  await add(lawyer, id, { user_id: coordinator.id, part: 'member' })

  await remove(app.as('administrator'), lawyer)

  expect((await intake.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  expect((await add(intake, id, { user_id: clinician.id, part: 'member' })).status).toBe(200)
  expect((await clinician.get(`/v1/cases/${id}`)).body).toMatchObject(content)
  const declined = await move(intake, id, { to: 'declined', reason_code: 'no_capacity' })
  expect(declined.status).toBe(200)
})

test('a case that nobody else could read is left as it is, and named', async () => {
  const id = await openCase(lawyer)

  const removed = await remove(coordinator, lawyer)

  expect(removed.body.cases_kept).toEqual([id])
  expect((await coordinator.get(`/v1/cases/${id}`)).body.team).toHaveLength(1)
})

test('a clinician who stays alone hands the case on to somebody who can lead it', async () => {
  const id = await openCase(lawyer)
  await add(lawyer, id, { user_id: clinician.id, part: 'member' })
  await remove(coordinator, lawyer)

  const handed = await add(clinician, id, { user_id: intake.id, part: 'lead' })
  const then = await add(clinician, id, { user_id: coordinator.id, part: 'member' })

  expect([handed.status, then.status]).toEqual([200, 403])
  expect((await intake.get(`/v1/cases/${id}`)).body).toMatchObject(content)
})
