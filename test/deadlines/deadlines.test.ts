import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

const step = (more: object) => ({ legal: { state: 'KZ', step_code: 'L5_INV_JUDGE', result: 'rejected', ...more } })
const byRule = (more: object) => ({ deadline: { by: 'rule', rule: 'KZ-VERDICT-APPEAL', state: 'KZ', ...more } })
const byHand = (due_on: string) => ({ deadline: { by: 'hand', kind: 'hearing', due_on, zone: 'Asia/Almaty' } })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const set = async (id: string, body: object) => {
  const made = await lawyer.post(`/v1/cases/${id}/deadlines`, body)
  expect(made.status).toBe(201)
  return made.body
}

test('a deadline from a step is counted again when the day of the step changes, and keeps what it was', async () => {
  const id = await openCase(lawyer)
  const { body: made } = await lawyer.post(`/v1/cases/${id}/proceedings`, step({ served_on: '2026-03-02' }))
  const first = await set(id, byRule({ proceeding_id: made.id }))

  await lawyer.patch(`/v1/cases/${id}/proceedings/${made.id}`, step({ served_on: '2026-03-04' }), ifMatch(1))

  const [found] = (await lawyer.get(`/v1/cases/${id}/deadlines`)).body.items
  // Fifteen days from 2 March is Tuesday the 17th; from 4 March Thursday the 19th.
  expect([first.due_on, found.due_on, found.version]).toEqual(['2026-03-17', '2026-03-19', 2])
  expect(found.legal.reckoning).toMatchObject({
    rule: { file: 'deadline_rules', row: 'KZ-VERDICT-APPEAL', version: 1, certainty: 'low' },
    calendar: { file: 'work_calendars', row: 'KZ', version: 1 },
    trigger_on: '2026-03-04',
  })
  expect(found.legal.zone).toBe('Asia/Almaty')
  expect(found.legal.history).toMatchObject([{ due_on: '2026-03-17', reckoning: { trigger_on: '2026-03-02' } }])
})

test('a change that leaves the day alone, or a deadline that is done, changes nothing', async () => {
  const id = await openCase(lawyer)
  const { body: made } = await lawyer.post(`/v1/cases/${id}/proceedings`, step({ served_on: '2026-03-02' }))
  const done = await set(id, byRule({ proceeding_id: made.id }))
  const open = await set(id, byRule({ proceeding_id: made.id }))
  const finish = { status: 'done', told: { reason: 'Filed.' } }
  await lawyer.patch(`/v1/cases/${id}/deadlines/${done.id}`, finish, ifMatch(1))

  const change = (more: object, version: number) =>
    lawyer.patch(`/v1/cases/${id}/proceedings/${made.id}`, step(more), ifMatch(version))
  await change({ served_on: '2026-03-02', note: 'Invented' }, 1)
  const untouched = (await lawyer.get(`/v1/cases/${id}/deadlines`)).body.items
  await change({ served_on: '2026-03-04' }, 2)
  const after = (await lawyer.get(`/v1/cases/${id}/deadlines`)).body.items

  const versions = (items: { id: string; version: number }[]) =>
    [done, open].map((one) => items.find((item) => item.id === one.id)?.version)
  expect([versions(untouched), versions(after)]).toEqual([
    [2, 1],
    [2, 2],
  ])
})

test('a rule that does not hold there, or a step without the day, is refused', async () => {
  const id = await openCase(lawyer)
  const { body: made } = await lawyer.post(`/v1/cases/${id}/proceedings`, step({}))
  const post = (body: object) => lawyer.post(`/v1/cases/${id}/deadlines`, body)

  const replies = await Promise.all([
    post(byRule({ proceeding_id: made.id })),
    post(byRule({ state: 'TJ', trigger_on: '2026-03-02' })),
    post(byRule({ rule: 'NOWHERE', trigger_on: '2026-03-02' })),
    post(byRule({ proceeding_id: crypto.randomUUID() })),
    post(byRule({})),
  ])

  expect(replies.map(({ status }) => status)).toEqual([422, 422, 422, 404, 400])
})

test('the agenda has the open deadlines of my cases, the most urgent first', async () => {
  const clinician = app.as('clinician')
  const mine = await openCase(lawyer)
  const other = await openCase(lawyer)
  await lawyer.post(`/v1/cases/${mine}/members`, { user_id: clinician.id, part: 'member' }, ifMatch(1))
  await set(other, byHand(inDays(1)))
  for (const days of [60, 3, -4, 20]) await set(mine, byHand(inDays(days)))
  const waived = await set(mine, byHand(inDays(2)))
  await lawyer.patch(
    `/v1/cases/${mine}/deadlines/${waived.id}`,
    { status: 'waived', told: { reason: 'Withdrawn.' } },
    ifMatch(1),
  )

  const { items } = (await clinician.get('/v1/me/agenda')).body

  expect(items.map(({ urgency }: { urgency: string }) => urgency)).toEqual(['overdue', 'week', 'month', 'later'])
  expect(new Set(items.map(({ case_id }: { case_id: string }) => case_id))).toEqual(new Set([mine]))
})

test('the agenda has my own open tasks that have a day, with their text, the most urgent first', async () => {
  const clinician = app.as('clinician')
  const mine = await openCase(lawyer)
  await lawyer.post(`/v1/cases/${mine}/members`, { user_id: clinician.id, part: 'member' }, ifMatch(1))
  const task = async (to_do: string, due_on: string | null, assignee_id: string | null = clinician.id) => {
    const sent = await lawyer.post(`/v1/cases/${mine}/papers`, {
      kind: 'task',
      narrative: { to_do },
      due_on,
      assignee_id,
    })
    expect(sent.status).toBe(201)
    return sent.body.id
  }
  await task('Later', inDays(40))
  await task('Overdue', inDays(-4))
  await task('Without a day', null)
  await task('Of the lawyer', inDays(1), lawyer.id)
  const done = await task('Done', inDays(2))
  await clinician.patch(`/v1/cases/${mine}/papers/${done}`, { is_done: true }, ifMatch(1))

  const { tasks } = (await clinician.get('/v1/me/agenda')).body
  await lawyer.delete(`/v1/cases/${mine}/members/${clinician.id}`, ifMatch(2))
  const after = (await clinician.get('/v1/me/agenda')).body.tasks

  expect(
    tasks.map(({ narrative, urgency }: { narrative: { to_do: string }; urgency: string }) => [
      narrative.to_do,
      urgency,
    ]),
  ).toEqual([
    ['Overdue', 'overdue'],
    ['Later', 'later'],
  ])
  expect(after).toEqual([])
})

test('the calendar tells days and kinds to whoever has its address, until it is revoked', async () => {
  const coordinator = app.as('coordinator')
  const { body } = await coordinator.post('/v1/cases', {
    identity: { title: 'Kanareika' },
    narrative: { summary: 'Kanareika' },
  })
  const deadline = { by: 'hand', kind: 'state_reply', due_on: '2031-02-28', zone: 'Asia/Bishkek', note: 'Kanareika' }
  await coordinator.post(`/v1/cases/${body.id}/deadlines`, { deadline })

  const first = (await coordinator.put('/v1/me/calendar')).body.path
  const { path } = (await coordinator.put('/v1/me/calendar')).body
  const feed = await app.stranger.get(path)
  const replaced = await app.stranger.get(first)
  const wrong = await app.stranger.get(`/v1/calendar/${'a'.repeat(43)}.ics`)
  await coordinator.delete('/v1/me/calendar')
  const revoked = await app.stranger.get(path)

  expect(feed.status).toBe(200)
  expect(feed.headers['content-type']).toContain('text/calendar')
  expect(feed.text).toContain(
    'DTSTART;VALUE=DATE:20310228\r\nDTEND;VALUE=DATE:20310301\r\nSUMMARY:Deadline (state reply)\r\n',
  )
  expect(feed.text).not.toMatch(/Kanareika|CASE-/)
  expect(feed.text).not.toContain(body.id)
  const answers = [replaced, wrong, revoked].map((reply) => ({ ...reply.body, instance: '' }))
  expect([replaced, wrong, revoked].map(({ status }) => status)).toEqual([404, 404, 404])
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

/** Last: it withdraws a rule. */
test('the day of a step whose deadline can no more be counted is refused, names the deadline, and goes through once that is waived', async () => {
  const id = await openCase(lawyer)
  const { body: made } = await lawyer.post(`/v1/cases/${id}/proceedings`, step({ served_on: '2026-03-02' }))
  const deadline = await set(id, byRule({ proceeding_id: made.id }))
  const { rows } = (await lawyer.get('/v1/reference/deadline_rules')).body
  const { content } = rows.find(({ row }: { row: string }) => row === 'KZ-VERDICT-APPEAL')
  const elsewhere = { content: { ...content, states: ['KG'] }, valid_from: '2020-01-01' }
  const path = '/v1/reference/deadline_rules/KZ-VERDICT-APPEAL'
  expect((await app.as('administrator').put(path, elsewhere, ifMatch(1))).status).toBe(200)
  const change = () =>
    lawyer.patch(`/v1/cases/${id}/proceedings/${made.id}`, step({ served_on: '2026-03-04' }), ifMatch(1))

  const refused = await change()
  const waive = { status: 'waived', told: { reason: 'Counted by hand.' } }
  await lawyer.patch(`/v1/cases/${id}/deadlines/${deadline.id}`, waive, ifMatch(1))
  const changed = await change()

  const listed = Object.keys(
    (await app.stranger.get('/docs/json')).body.paths['/v1/cases/{id}/proceedings/{proceeding_id}'].patch.responses,
  )
  expect([refused.status, refused.body]).toMatchObject([422, { deadline_id: deadline.id }])
  expect([changed.status, listed]).toMatchObject([200, expect.arrayContaining(['422'])])
})
