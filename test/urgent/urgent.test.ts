import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobsOf } from '../../src/app/jobs.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { add, openCase } from '../cases/support.ts'
import { startSmtp } from '../reminders/smtp.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const smtp = await startSmtp()
const app = await startApp({ mail: { url: smtp.url, from: 'guvoh@example.net' } })
const pool = openPool(app.place, 2)
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')
const coordinator = app.as('coordinator')
afterAll(async () => {
  await pool.end()
  await smtp.stop()
})

const run = () =>
  runJobs(
    app.services,
    pool,
    jobsOf(app.parts).filter(({ name }) => name === 'urgent.escalate'),
  )
const letters = () => smtp.taken.map(({ text }) => Buffer.from(text.split('\n\n')[1] ?? '', 'base64').toString())

let id: string
beforeAll(async () => {
  id = await openCase(lawyer)
  await add(lawyer, id, { user_id: clinician.id, part: 'member' })
})

async function ask(caseId = id): Promise<string> {
  const asked = await lawyer.post(`/v1/cases/${caseId}/urgent-requests`, {
    facts: { kind: 'relocation', people: 3 },
    need: 'Kanareika must leave the town.',
    answer_hours: 12,
  })
  expect([asked.status, asked.text.slice(0, 100)]).toEqual([201, expect.any(String)])
  return asked.body.id
}

const inboxOf = async (by: As, request: string) =>
  (await by.get('/v1/me/inbox')).body.items.find((item: { id: string }) => item.id === request)

/** As if the hours were over. */
const passTime = (request: string) =>
  pool.query(`update urgent_requests set due_at = now() - interval '1 hour' where id = $1`, [request])

test('a coordinator off the case reads what is asked, answers it, and whoever asked finds the answer in the inbox', async () => {
  const request = await ask()
  expect(await inboxOf(coordinator, request)).toMatchObject({ next_step: 'answer_urgent_request', is_overdue: false })
  expect(await inboxOf(lawyer, request)).toBeUndefined()

  const seen = (await coordinator.get(`/v1/urgent-requests/${request}`)).body
  const words = { decision: 'granted', answer: 'A flat is ready.' }
  const answered = await coordinator.post(`/v1/urgent-requests/${request}/answer`, words, ifMatch(1))
  const twice = await coordinator.post(`/v1/urgent-requests/${request}/answer`, words, ifMatch(2))

  expect(seen).toMatchObject({ narrative: { need: 'Kanareika must leave the town.' }, facts: { people: 3 } })
  expect(seen.seen_by.map(({ user_id }: { user_id: string }) => user_id).sort()).toEqual(
    [lawyer.id, coordinator.id].sort(),
  )
  expect([answered.status, twice.status, twice.body.type]).toEqual([200, 409, '/problems/urgent-request-not-open'])
  expect(await inboxOf(lawyer, request)).toMatchObject({ next_step: 'read_urgent_answer', case_id: id })
  expect((await lawyer.get(`/v1/urgent-requests/${request}`)).body.narrative.answer).toBe('A flat is ready.')
  expect(await inboxOf(lawyer, request)).toBeUndefined()
  expect(await inboxOf(clinician, request)).toMatchObject({ next_step: 'read_urgent_answer' })
})

test('is seen by the team and the coordinators, answered by these alone, and taken back by the team', async () => {
  const request = await ask()
  const answer = { decision: 'refused', answer: 'No.' }

  for (const who of [app.as('intake'), app.as('coordinator', 'away')])
    expect((await who.get(`/v1/urgent-requests/${request}`)).status).toBe(404)
  expect((await lawyer.post(`/v1/urgent-requests/${request}/answer`, answer, ifMatch(1))).status).toBe(403)
  expect((await coordinator.post(`/v1/urgent-requests/${request}/withdraw`, undefined, ifMatch(1))).status).toBe(403)
  expect((await clinician.post(`/v1/urgent-requests/${request}/withdraw`, undefined, ifMatch(1))).status).toBe(200)
  expect(await inboxOf(coordinator, request)).toBeUndefined()
  expect((await lawyer.get(`/v1/cases/${id}/urgent-requests?limit=200`)).body.items[0].status).toMatch(/\w/)
  expect((await coordinator.get('/v1/urgent-requests?status=withdrawn')).body.items).toHaveLength(1)
})

test('the job escalates what is overdue and writes to coordinators, words alone, once at each turn', async () => {
  await pool.query(`update urgent_requests set status = 'withdrawn'`)
  await coordinator.put('/v1/me/reminders', { address: 'green.kettle.7@example.org' })
  const request = await ask()

  await run()
  await run()
  await passTime(request)
  await run()
  await run()

  expect(letters()).toEqual([
    'Guvoh: срочный запрос ждёт ответа. Войдите в систему.\nGuvoh: an urgent request is waiting. Sign in.\n',
    'Guvoh: срочный запрос просрочен. Войдите в систему.\nGuvoh: an urgent request is overdue. Sign in.\n',
  ])
  const all = smtp.taken.map(({ text }) => text).join('') + letters().join('')
  for (const word of ['Kanareika', 'relocation', request, id, coordinator.id]) expect(all).not.toContain(word)
  expect(await inboxOf(coordinator, request)).toMatchObject({ is_overdue: true })
  expect((await coordinator.get('/v1/me/inbox')).body.items[0].id).toBe(request)
  expect((await coordinator.get(`/v1/urgent-requests/${request}`)).body).toMatchObject({ is_escalated: true })
})

test('a wall keeps a coordinator from the urgent requests behind it', async () => {
  const mine = await openCase(lawyer)
  const request = await ask(mine)
  const { version } = (await lawyer.get(`/v1/cases/${mine}`)).body
  await lawyer.post(`/v1/cases/${mine}/walls`, { user_id: coordinator.id }, ifMatch(version))

  expect((await coordinator.get(`/v1/urgent-requests/${request}`)).status).toBe(404)
  expect(await inboxOf(coordinator, request)).toBeUndefined()
})
