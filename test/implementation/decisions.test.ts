import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { codeOf, openComplaint, record } from '../complaints/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

const decisionOf = (more: object = {}) => ({
  legal: {
    mechanism: 'CCPR-OP1',
    state: 'TJ',
    adopted_on: '2024-03-20',
    transmitted_on: '2024-05-02',
    outcome: 'violation',
    findings: [{ article: 'CCPR-7', finding: 'violation', read_with: ['CCPR-2-3'] }],
    ...more,
  },
})

/** A decision with one measure: the paths of both. */
async function decided(more: object = {}) {
  const id = await openCase(lawyer)
  const made = await lawyer.post(`/v1/cases/${id}/decisions`, decisionOf(more))
  expect(made.status).toBe(201)
  const path = `/v1/cases/${id}/decisions/${String(made.body.id)}`
  const measure = { legal: { remedy: 'investigate', level: 'individual', responsible: 'Prosecutor General' } }
  const measure_id: string = (await lawyer.post(`${path}/measures`, measure)).body.id
  const tell = (legal: object, of: string | null = measure_id) =>
    lawyer.post(`${path}/events`, { measure_id: of, legal })
  const read = async () => (await lawyer.get(`/v1/cases/${id}/decisions`)).body.items[0]
  return { id, path, measure_id, tell, read }
}

test('the State has 180 days from the transmittal, and the deadline is met by its reply', async () => {
  const { id, tell, read } = await decided()
  const deadline = async () => (await lawyer.get(`/v1/cases/${id}/deadlines`)).body.items[0]

  const before = [await deadline(), (await read()).reply]
  await tell({ event: 'state_reply', on: '2024-11-15' }, null)
  const after = [await deadline(), (await read()).reply]

  expect(before).toMatchObject([
    { kind: 'state_reply', due_on: '2024-10-29', status: 'open' },
    { status: 'overdue', due_on: '2024-10-29' },
  ])
  expect(after).toMatchObject([{ status: 'done' }, { status: 'received', due_on: '2024-10-29' }])
})

test('without the day of transmittal the reply is possibly overdue, and there is no deadline', async () => {
  const { id, read } = await decided({ transmitted_on: undefined })

  expect((await read()).reply).toEqual({ status: 'possibly_overdue', due_on: null })
  expect((await lawyer.get(`/v1/cases/${id}/deadlines`)).body.items).toEqual([])
})

test('a measure stands as its last event left it: partly, reversed, contrary', async () => {
  const { path, tell, read } = await decided()
  const status = async () => (await read()).measures[0].status

  const seen = [await status()]
  await tell({ event: 'iwg_or_commission_decision', on: '2024-06-01', status: 'under_review' })
  await tell({ event: 'reopening_ordered', on: '2024-08-01', status: 'partly_implemented' })
  seen.push(await status())
  const reversed = await tell({ event: 'domestic_court_decision', on: '2024-10-01', status: 'reversed' })
  await tell({ event: 'domestic_request_filed', on: '2024-07-01', status: 'requested' })
  seen.push(await status())
  await lawyer.patch(`${path}/events/${String(reversed.body.id)}`, { is_void: true }, ifMatch(1))
  seen.push(await status())
  await tell({ event: 'reprisal_reported', on: '2025-01-01', status: 'contrary_measure' })
  seen.push(await status())

  expect(seen).toEqual(['not_started', 'partly_implemented', 'reversed', 'partly_implemented', 'contrary_measure'])
})

test('payments are kept by currency, with what is left', async () => {
  const { tell, read } = await decided()
  const pay = (event: string, amount_minor: number, currency: string) =>
    tell({ event, on: '2024-09-01', money: { amount_minor, currency } })
  await pay('payment_ordered', 500_000, 'TJS')
  await pay('payment_made', 120_000, 'TJS')
  await pay('payment_made', 90_000, 'USD')

  expect((await read()).measures[0].payments).toEqual([
    { currency: 'TJS', ordered_minor: 500_000, paid_minor: 120_000, left_minor: 380_000 },
    { currency: 'USD', ordered_minor: 0, paid_minor: 90_000, left_minor: 0 },
  ])
})

test('a grade is of its scale, a payment has money, and nothing comes before the decision', async () => {
  const { tell } = await decided()
  const grade = (scale: string, value: string) => ({
    event: 'committee_grade',
    on: '2025-01-01',
    grade: { scale, value },
  })

  const replies = [
    await tell(grade('ccpr_grades_2016', 'B')),
    await tell(grade('ccpr_grades_2013_legacy', 'B1')),
    await tell(grade('cedaw_grades', '3')),
    await tell(grade('cat_follow_up_words', 'dialogue_ongoing')),
    await tell(grade('ccpr_grades_2016', 'F')),
    await tell({ event: 'payment_made', on: '2025-01-01' }),
    await tell({ event: 'state_reply', on: '2024-03-19' }),
    await tell({ event: 'state_reply', on: '2099-01-01' }),
    await tell({ event: 'state_reply', on: '2025-01-01' }, crypto.randomUUID()),
    await tell({ event: 'state_reply', on: '2025-01-01', evidence_id: crypto.randomUUID() }),
  ]

  expect(replies.map(codeOf)).toEqual([
    ...Array.from({ length: 4 }, () => expect.stringContaining('201')),
    '422 unknown-grade',
    '400 invalid-request',
    '422 before-decision',
    '422 day-not-come',
    '422 not-of-this-decision',
    '422 not-of-this-decision',
  ])
})

test('a decision on a complaint of the case is of its body and later than it', async () => {
  const { caseId, path } = await openComplaint(lawyer)
  const complaint_id = path.split('/').at(-1)
  const post = (more: object) =>
    lawyer.post(`/v1/cases/${caseId}/decisions`, { complaint_id, ...decisionOf({ ...more }) })

  const unfiled = await post({})
  await record(lawyer, path, [{ step: 'submitted', on: '2020-02-10' }])
  const replies = [await post({ adopted_on: '2020-02-09' }), await post({ mechanism: 'CAT-22' }), await post({})]

  expect([unfiled, ...replies].map(codeOf)).toEqual([
    '422 decision-before-submission',
    '422 decision-before-submission',
    '422 not-of-this-decision',
    expect.stringContaining('201'),
  ])
  expect((await lawyer.get(`/v1/cases/${caseId}/deadlines`)).body.items).toEqual([])
})

test('a day put right moves the day of the reply', async () => {
  const { id, path } = await decided()

  const changed = await lawyer.patch(path, decisionOf({ transmitted_on: '2024-05-03' }), ifMatch(1))
  const stale = await lawyer.patch(path, decisionOf(), ifMatch(1))

  const [deadline] = (await lawyer.get(`/v1/cases/${id}/deadlines`)).body.items
  expect([changed.status, stale.status, deadline.due_on]).toEqual([200, 412, '2024-10-30'])
  expect(deadline.legal.history).toMatchObject([{ due_on: '2024-10-29' }])
})
