import { expect, test } from 'vitest'
import { add, move, openCase, takeOff } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lead = app.as('intake')
const lawyer = app.as('lawyer')
const coordinator = app.as('coordinator')

async function write(by: As, id: string, body: object): Promise<string> {
  const written = await by.post(`/v1/cases/${id}/papers`, body)
  expect(written.status).toBe(201)
  return written.body.id
}

const task = (assignee: As, due_on: string | null = null) => ({
  kind: 'task',
  narrative: { to_do: 'Call the clinic.' },
  assignee_id: assignee.id,
  due_on,
})
const check = (result: string) => ({ kind: 'conflict_check', narrative: { result, searched: 'All our cases' } })

test('one’s tasks of all cases come in the order of their days, until they are done or one leaves the team', async () => {
  const [one, other] = [await openCase(lead), await openCase(lead)]
  for (const id of [one, other]) await add(lead, id, { user_id: lawyer.id, part: 'member' })
  const late = await write(lead, one, task(lawyer, '2027-05-01'))
  const soon = await write(lead, other, task(lawyer, '2027-01-01'))
  const whenever = await write(lead, one, task(lawyer))
  const mine = async () => (await lawyer.get('/v1/tasks')).body.items.map(({ id }: { id: string }) => id)
  expect(await mine()).toEqual([soon, late, whenever])

  const done = await lawyer.patch(`/v1/cases/${one}/papers/${late}`, { is_done: true }, ifMatch(1))
  await takeOff(lead, other, lawyer.id)

  expect([done.status, done.body.narrative]).toEqual([200, { to_do: 'Call the clinic.' }])
  expect(await mine()).toEqual([whenever])
  expect((await lead.get('/v1/tasks')).body.items).toEqual([])
})

test('a task is given only to somebody on the team', async () => {
  const id = await openCase(lead)

  const refused = await lead.post(`/v1/cases/${id}/papers`, task(coordinator))

  expect([refused.status, refused.body.type]).toEqual([409, '/problems/assignee-not-on-team'])
})

test('papers are the team’s alone, at every door', async () => {
  const id = await openCase(lead)
  const paper = await write(lead, id, { kind: 'note', narrative: { text: 'Privileged.' } })

  for (const who of [lawyer, coordinator, app.as('lawyer', 'away')]) {
    expect((await who.get(`/v1/cases/${id}/papers`)).status).toBe(404)
    expect((await who.patch(`/v1/cases/${id}/papers/${paper}`, { is_done: true }, ifMatch(1))).status).toBe(404)
    expect((await who.post(`/v1/cases/${id}/papers`, check('clear'))).status).toBe(404)
  }
})

test('what was found on a day is written once; a note takes no words of another kind', async () => {
  const id = await openCase(lead)
  const checked = await write(lead, id, check('clear'))
  const note = await write(lead, id, { kind: 'note', narrative: { text: 'One.' } })

  const final = await lead.patch(`/v1/cases/${id}/papers/${checked}`, { is_done: true }, ifMatch(1))
  const odd = await lead.patch(`/v1/cases/${id}/papers/${note}`, { narrative: { to_do: 'Two.' } }, ifMatch(1))
  const right = await lead.patch(`/v1/cases/${id}/papers/${note}`, { narrative: { text: 'Two.' } }, ifMatch(1))

  expect([final.status, odd.status, right.status]).toEqual([409, 400, 200])
  expect((await lead.patch(`/v1/cases/${id}/papers/${note}`, { is_done: true }, ifMatch(1))).status).toBe(412)
})

test('a conflict that was found possible keeps the case out of documentation until somebody waives it', async () => {
  const id = await openCase(lead)
  const isMissing = async () => (await move(lead, id, { to: 'documentation' })).body.missing.includes('conflict_check')
  await write(lead, id, check('clear'))
  expect(await isMissing()).toBe(false)

  await write(lead, id, check('possible_conflict'))
  const found = await isMissing()
  await write(lead, id, check('waived'))

  expect([found, await isMissing()]).toEqual([true, false])
})

test('papers come in pages, newest first, and of one kind when asked', async () => {
  const id = await openCase(lead)
  for (let at = 0; at < 5; at += 1) await write(lead, id, { kind: 'note', narrative: { text: `Note ${String(at)}` } })
  await write(lead, id, { kind: 'milestone', narrative: { reached: 'Filed.' } })

  const first = (await lead.get(`/v1/cases/${id}/papers?kind=note&limit=3`)).body
  const second = (await lead.get(`/v1/cases/${id}/papers?kind=note&limit=3&after=${String(first.next)}`)).body

  expect([first.items.length, second.items.length, second.next]).toEqual([3, 2, null])
  const ids = [...first.items, ...second.items].map((paper: { id: string }) => paper.id)
  expect(new Set(ids).size).toBe(5)
})

test('of 200 changes at once under one version one wins, and 199 are told that they came late', async () => {
  const id = await openCase(lead)
  const note = await write(lead, id, { kind: 'note', narrative: { text: 'One.' } })

  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      lead.patch(`/v1/cases/${id}/papers/${note}`, { narrative: { text: String(at) } }, ifMatch(1)),
    ),
  )

  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  expect([count(200), count(412)]).toEqual([1, 199])
  expect((await lead.get(`/v1/cases/${id}/papers`)).body.items[0]).toMatchObject({ version: 2 })
})
