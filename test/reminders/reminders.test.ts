import os from 'node:os'
import { afterAll, afterEach, expect, test } from 'vitest'
import { jobsOf } from '../../src/app/jobs.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { openCase } from '../cases/support.ts'
import { withClient } from '../security/support/dump.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { startSmtp } from './smtp.ts'

const ADDRESS = 'blue.kettle.41@example.org'
const smtp = await startSmtp()
const app = await startApp({ mail: { url: smtp.url, from: 'guvoh@example.net' } })
const pool = openPool(app.place, 2)
const lawyer = app.as('lawyer')
afterAll(async () => {
  await pool.end()
  await smtp.stop()
})
afterEach(async () => {
  await lawyer.delete('/v1/me/reminders')
  await withClient(app.place, (client) =>
    client.query(`update deadlines set status = 'done'; update papers set is_done = true`),
  )
  smtp.taken.length = 0
})

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const subscribe = () => lawyer.put('/v1/me/reminders', { address: ADDRESS })
const run = () =>
  runJobs(
    app.services,
    pool,
    jobsOf(app.parts).filter(({ name }) => name === 'reminder.send'),
  )
/** As the mail program shows it. */
const shown = () =>
  smtp.taken.map(({ text }) => {
    const [, body = ''] = text.split('\n\n')
    return Buffer.from(body, 'base64').toString()
  })

async function setDeadline(days: number, id?: string) {
  const case_id =
    id ?? (await openCase(lawyer, { identity: { title: 'Kanareika' }, narrative: { summary: 'Kanareika' } }))
  const deadline = { by: 'hand', kind: 'hearing', due_on: inDays(days), zone: 'Asia/Almaty', note: 'Kanareika' }
  const { status, body } = await lawyer.post(`/v1/cases/${case_id}/deadlines`, { deadline })
  expect(status).toBe(201)
  return { case_id, id: String(body.id) }
}

test('a letter says how many and how soon, in two languages, and nothing else of anybody', async () => {
  await subscribe()
  const { case_id, id } = await setDeadline(5)
  for (const days of [6, -3, 1, 12, 30, 31]) await setDeadline(days, case_id)
  const { reference } = (await lawyer.get(`/v1/cases/${case_id}`)).body

  await run()

  expect(smtp.taken.map(({ to }) => to)).toEqual([ADDRESS])
  expect(shown()).toEqual([
    'Guvoh: сроки и задачи: просрочено: 1, до завтра: 1, за 7 дней: 2, за 14 дней: 1, за 30 дней: 1. Войдите в систему.\n' +
      'Guvoh: deadlines and tasks: overdue: 1, by tomorrow: 1, within 7 days: 2, within 14 days: 1, within 30 days: 1. Sign in.\n',
  ])
  const letter = `${smtp.taken[0]?.text ?? ''}${shown().join('')}${smtp.greetings.join('')}`
  expect(reference).toMatch(/\w/)
  for (const word of ['Kanareika', 'hearing', reference, case_id, id, lawyer.id, os.hostname(), inDays(5)]) {
    expect([word, letter.includes(word)]).toEqual([word, false])
  }
  const names = smtp.taken[0]?.text.split('\n\n')[0]?.match(/^[\w-]+(?=:)/gm) ?? []
  expect(names.sort()).toEqual(
    ['Content-Transfer-Encoding', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To'].sort(),
  )
})

test('nothing is told twice, but for a deadline that moved or came nearer', async () => {
  await subscribe()
  const { id } = await setDeadline(20)
  await run()
  await run()
  const once = smtp.taken.length

  const moveTo = (days: number) =>
    withClient(app.place, (client) =>
      client.query('update deadlines set due_on = $1 where id = $2', [inDays(days), id]),
    )
  await moveTo(25)
  await run()
  await moveTo(6)
  await run()
  await run()

  expect([once, smtp.taken.length]).toEqual([1, 3])
})

test('a mail server that is down or refuses loses nothing, and its words are kept nowhere', async () => {
  await subscribe()
  await setDeadline(3)
  await smtp.stop()
  await run()
  await smtp.startAgain()
  smtp.refuse(true)
  await run()
  const before = smtp.taken.length
  smtp.refuse(false)

  await run()

  const jobs = await withClient(app.place, (client) => client.query('select * from graphile_worker._private_jobs'))
  expect([before, smtp.taken.length]).toEqual([0, 1])
  expect(JSON.stringify(jobs.rows)).not.toContain('kettle')
})

test('what was done meanwhile is not told, nor anything of cases that one is not on', async () => {
  const clinician = app.as('clinician')
  await clinician.put('/v1/me/reminders', { address: 'grey.lamp.7@example.org' })
  await subscribe()
  const { case_id, id } = await setDeadline(3)
  const finish = { status: 'done', told: { reason: 'Filed.' } }
  await lawyer.patch(`/v1/cases/${case_id}/deadlines/${id}`, finish, ifMatch(1))
  await setDeadline(4)

  await run()
  await clinician.delete('/v1/me/reminders')

  expect(smtp.taken.map(({ to }) => to)).toEqual([ADDRESS])
  expect(shown()[0]).toContain('deadlines and tasks: within 7 days: 1. Sign in.')
})

test('one’s own tasks that have a day count like deadlines, each once until it is done, and nobody else’s', async () => {
  await subscribe()
  const { case_id } = await setDeadline(60)
  const task = async (days: number | null, assignee_id: string | null) => {
    const due_on = days === null ? null : inDays(days)
    const body = { kind: 'task', narrative: { to_do: 'Kanareika' }, due_on, assignee_id }
    return (await lawyer.post(`/v1/cases/${case_id}/papers`, body)).body.id
  }
  const near = await task(5, lawyer.id)
  for (const days of [-1, 40, null]) await task(days, lawyer.id)
  await task(5, null)
  const done = await task(6, lawyer.id)
  await lawyer.patch(`/v1/cases/${case_id}/papers/${done}`, { is_done: true }, ifMatch(1))

  await run()
  await run()
  await withClient(app.place, (client) =>
    client.query('update papers set due_on = $1 where id = $2', [inDays(1), near]),
  )
  await run()

  expect(shown().map((text) => text.split('\n')[1])).toEqual([
    'Guvoh: deadlines and tasks: overdue: 1, within 7 days: 1. Sign in.',
    'Guvoh: deadlines and tasks: by tomorrow: 1. Sign in.',
  ])
})

test('whoever takes the address back is not written to, and whether there is one is all that is told', async () => {
  const before = (await lawyer.get('/v1/me/reminders')).body
  const put = (await subscribe()).body
  const set = (await lawyer.get('/v1/me/reminders')).body
  await setDeadline(3)

  const { status } = await lawyer.delete('/v1/me/reminders')
  await run()

  const after = (await lawyer.get('/v1/me/reminders')).body
  expect([before, put, set, status, after]).toEqual([
    { is_set: false },
    { is_set: true },
    { is_set: true },
    204,
    { is_set: false },
  ])
  expect(smtp.taken).toEqual([])
})

test('a member who was removed is not written to, and leaves no address', async () => {
  await subscribe()
  await setDeadline(3)
  const change = (status: string) =>
    withClient(app.place, (client) => client.query('update members set status = $1 where id = $2', [status, lawyer.id]))
  await change('removed')

  await run()
  await change('active')

  expect(smtp.taken).toEqual([])
  expect((await lawyer.get('/v1/me/reminders')).body).toEqual({ is_set: false })
})

test('what is no address is refused without repeating it; without a mail server so is every one', async () => {
  const wrong = await lawyer.put('/v1/me/reminders', { address: 'kettle\r\nBcc: a@example.org' })
  const without = await startApp({ mail: null })
  const refused = await without.as('lawyer').put('/v1/me/reminders', { address: ADDRESS })

  expect([wrong.status, refused.status, refused.body.type]).toEqual([
    400,
    409,
    expect.stringContaining('mail-not-configured'),
  ])
  expect(wrong.text + refused.text).not.toContain('kettle')
  expect(jobsOf(without.parts).map(({ name }) => name)).not.toContain('reminder.send')
})
