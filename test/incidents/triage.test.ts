import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { handling, openCase } from './handling.ts'
import { submitted } from './reports.ts'

const app = await startApp()
const monitor = app.as('monitor')
const intake = app.as('intake')
const { triage } = handling(app)

const decisions = {
  accept: { decision: 'accept' },
  return: { decision: 'return', question: 'Кто ещё это видел?' },
  reject: { decision: 'reject', reason_code: 'duplicate', note: 'Already reported by another monitor.' },
} as const

const statuses = { submitted: undefined, returned: 'return', accepted: 'accept', rejected: 'reject' } as const
const decided = { accept: 'accepted', return: 'returned', reject: 'rejected' } as const
const names = ['accept', 'return', 'reject'] as const
const fromEach = Object.entries(statuses).flatMap(([status, step]) =>
  names.map((decision) => ({ status, step, decision })),
)

test.each(fromEach)('a report that is $status: $decision', async ({ status, step, decision }) => {
  const { id } = await submitted(monitor)
  if (step !== undefined) await triage(id, decisions[step])

  const reply = await triage(id, decisions[decision])

  if (status === 'submitted') {
    expect(reply).toMatchObject({ status: 200, body: { id, version: 2, status: decided[decision], case_id: null } })
    return
  }
  expect([reply.status, reply.body]).toEqual([
    409,
    expect.objectContaining({ type: '/problems/not-in-status', incident_status: status, allowed: ['submitted'] }),
  ])
})

test('a question reaches the author, the answer reaches the intake, and the report is submitted again', async () => {
  const { id } = await submitted(monitor)
  await triage(id, decisions.return)

  const asked = await monitor.get(`/v1/incidents/${id}`)
  const answered = await monitor.post(`/v1/incidents/${id}/supplements`, { narrative: { account: 'Двое соседей.' } })
  const read = await intake.get(`/v1/incidents/${id}`)
  const own = await monitor.get(`/v1/incidents/${id}`)

  expect(asked.body).toMatchObject({ status: 'returned', narrative: null, triaged_by: null })
  expect(asked.body.notices).toEqual([
    expect.objectContaining({ kind: 'question', sent_by: intake.id, narrative: { text: 'Кто ещё это видел?' } }),
  ])
  expect(answered).toMatchObject({ status: 201, body: { incident_status: 'submitted', incident_version: 3 } })
  expect(read.body).toMatchObject({
    status: 'submitted',
    version: 3,
    supplements: [{ narrative: { account: 'Двое соседей.' } }],
  })
  expect(own.body.supplements).toEqual([expect.objectContaining({ submitted_by: monitor.id, narrative: null })])
  expect(await triage(id, decisions.accept)).toMatchObject({ status: 200, body: { status: 'accepted' } })
})

test('the reason of a rejection reaches the author', async () => {
  const { id } = await submitted(monitor)
  await triage(id, { decision: 'reject', reason_code: 'out_of_mandate' })

  const { body } = await monitor.get(`/v1/incidents/${id}`)

  expect(body).toMatchObject({
    status: 'rejected',
    notices: [{ kind: 'rejection', narrative: { reason_code: 'out_of_mandate' } }],
  })
})

test('a coordinator sees that there is a notice, and not what it says', async () => {
  const { id } = await submitted(monitor)
  await triage(id, decisions.return)

  const { body } = await app.as('coordinator').get(`/v1/incidents/${id}`)

  expect(body.notices).toEqual([expect.objectContaining({ kind: 'question', narrative: null })])
})

test('a change needs the version that was read', async () => {
  const { id } = await submitted(monitor)
  const url = `/v1/incidents/${id}/triage`

  const without = await intake.post(url, decisions.accept)
  const stale = await intake.post(url, decisions.accept, ifMatch(7))
  const nonsense = await intake.post(url, decisions.accept, { 'if-match': 'W/"1"' })

  expect([without.status, stale.status, nonsense.status]).toEqual([428, 412, 400])
})

test('of many decisions at once on one version, one wins', async () => {
  const { id } = await submitted(monitor)

  const replies = await Promise.all(
    Array.from({ length: 8 }, () => intake.post(`/v1/incidents/${id}/triage`, decisions.return, ifMatch(1))),
  )

  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412, 412, 412])
  expect((await monitor.get(`/v1/incidents/${id}`)).body.notices).toHaveLength(1)
})

test('only the intake of the organisation triages', async () => {
  const { id } = await submitted(monitor)
  const url = `/v1/incidents/${id}/triage`

  const refused = ['monitor', 'lawyer', 'clinician', 'coordinator', 'administrator'].map((name) =>
    app.as(name).post(url, decisions.accept, ifMatch(1)),
  )
  const away = await app.as('intake', 'away').post(url, decisions.accept, ifMatch(1))

  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  expect(away.status).toBe(404)
})

test.each([
  ['a decision that is none', { decision: 'burn' }],
  ['a question without words', { decision: 'return', question: '' }],
  ['a rejection without a reason', { decision: 'reject' }],
  ['a reason that is no code', { decision: 'reject', reason_code: 'bad mood' }],
  ['a case that is no id', { decision: 'accept', case_id: 'KG-1' }],
])('%s is refused', async (_name, body) => {
  const { id } = await submitted(monitor)

  expect((await triage(id, body)).status).toBe(400)
})

test('nobody but the author adds to a report, and nothing is added to a rejected one', async () => {
  const { id } = await submitted(monitor)
  const url = `/v1/incidents/${id}/supplements`
  const words = { narrative: { account: 'Ещё одно.' } }

  const others = [
    await intake.post(url, words),
    await app.as('coordinator').post(url, words),
    await app.as('lawyer').post(url, words),
    await app.as('monitor', 'away').post(url, words),
  ]
  const early = await monitor.post(url, words)
  await triage(id, decisions.reject)
  const late = await monitor.post(url, words)

  expect(others.map(({ status }) => status)).toEqual([403, 403, 404, 404])
  expect(early).toMatchObject({ status: 201, body: { incident_status: 'submitted', incident_version: 2 } })
  expect([late.status, late.body.type]).toEqual([409, '/problems/not-in-status'])
})

test('a report takes fifty supplements and no more, and a repeated one counts once', async () => {
  const { id } = await submitted(monitor)
  const url = `/v1/incidents/${id}/supplements`
  const words = { narrative: { account: 'Ещё одно.' } }
  const once = { 'idempotency-key': 'supplement-key-1' }

  const first = await monitor.post(url, words, once)
  const again = await monitor.post(url, words, once)
  for (let added = 1; added < 50; added += 1) await monitor.post(url, words)
  const surplus = await monitor.post(url, words)

  expect(again.body).toEqual(first.body)
  expect([surplus.status, surplus.body.type]).toEqual([409, '/problems/supplements-full'])
})

test('accepting into a case that is not there, or not one’s own, changes nothing', async () => {
  const { id } = await submitted(monitor)
  const foreign = await openCase(app.as('lawyer'))
  const away = await openCase(app.as('intake', 'away'))

  const replies = [
    await triage(id, { decision: 'accept', case_id: '11111111-1111-4111-8111-111111111111' }),
    await triage(id, { decision: 'accept', case_id: foreign }),
    await triage(id, { decision: 'accept', case_id: away }),
  ]

  for (const { status, body } of replies) expect([status, body.type]).toEqual([409, '/problems/case-not-available'])
  expect((await intake.get(`/v1/incidents/${id}`)).body).toMatchObject({ status: 'submitted', version: 1 })
})
