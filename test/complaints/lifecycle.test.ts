import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { openCase } from '../cases/support.ts'
import { allow, begin, codeOf, complaintOf, openComplaint, record } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

const filed = { step: 'submitted', on: '2020-02-10' }
const registered = { step: 'registered', on: '2020-04-01', number: '3700/2020' }
const transmitted = { step: 'transmitted', on: '2020-04-15' }
const decided = { step: 'decided', on: '2024-03-20', outcome: 'violation' }

test('a complaint from draft to follow-up keeps its days apart and says what may follow', async () => {
  const { path } = await openComplaint(lawyer)

  await record(lawyer, path, [
    filed,
    registered,
    transmitted,
    { step: 'interim_requested', on: '2020-02-10' },
    { step: 'observations', on: '2020-10-10', about: 'both' },
    { step: 'comments', on: '2020-12-01' },
    decided,
    { step: 'published', on: '2024-06-01' },
    { step: 'decision_transmitted', on: '2024-05-02' },
  ])

  const { body } = await lawyer.get(path)
  expect(body.stage).toBe('follow_up')
  expect(body.dates).toEqual({
    submitted_on: '2020-02-10',
    registered_on: '2020-04-01',
    transmitted_on: '2020-04-15',
    adopted_on: '2024-03-20',
    published_on: '2024-06-01',
    decision_transmitted_on: '2024-05-02',
  })
  expect(body.steps.map(({ legal }: { legal: { step: string } }) => legal.step)).toEqual([
    'submitted',
    'interim_requested',
    'registered',
    'transmitted',
    'observations',
    'comments',
    'decided',
    'decision_transmitted',
    'published',
  ])
  expect(body.may_follow).toEqual(['state_replied', 'closed'])
})

test('its deadlines are counted by the rules of its body, and met when what was waited for comes', async () => {
  const { caseId, path } = await openComplaint(lawyer)
  await record(lawyer, path, [
    filed,
    registered,
    transmitted,
    { step: 'observations', on: '2020-10-10', about: 'both' },
    decided,
    { step: 'decision_transmitted', on: '2024-05-02' },
  ])

  const { items } = (await lawyer.get(`/v1/cases/${caseId}/deadlines`)).body

  type Item = { due_on: string; status: string; kind: string; legal: { reckoning: { rule: { row: string } } } }
  const seen = items.map(({ due_on, status, kind, legal }: Item) => [legal.reckoning.rule.row, kind, due_on, status])
  expect(seen).toEqual([
    ['CCPR-OP1-SPLIT', 'state_reply', '2020-06-15', 'done'],
    ['CCPR-OP1-OBSERVATIONS', 'state_reply', '2020-10-15', 'done'],
    ['CCPR-OP1-COMMENTS', 'comments', '2020-12-10', 'done'],
    // 180 days from 2 May 2024: 29 of May, 30, 31, 31, 30 and 29 of October.
    ['CCPR-OP1-FOLLOW-UP', 'state_reply', '2024-10-29', 'open'],
  ])
})

test('a day that is put right moves its deadline, which keeps what it was; a void step ends it', async () => {
  const { caseId, path } = await openComplaint(lawyer)
  const [, , id] = await record(lawyer, path, [filed, registered, transmitted])
  const at = `${path}/steps/${String(id)}`
  const observations = async () => {
    const { items } = (await lawyer.get(`/v1/cases/${caseId}/deadlines`)).body
    return items.find((item: { cause_id: string; legal: { reckoning: { rule: { row: string } } } }) =>
      item.legal.reckoning.rule.row.endsWith('OBSERVATIONS'),
    )
  }

  await lawyer.patch(at, { legal: { ...transmitted, on: '2020-05-31' } }, ifMatch(1))
  const moved = await observations()
  await lawyer.patch(at, { is_void: true }, ifMatch(2))
  const gone = await observations()
  await lawyer.patch(at, { is_void: false }, ifMatch(3))
  const back = await observations()

  expect([moved.due_on, moved.legal.history[0].due_on, moved.status]).toEqual(['2020-11-30', '2020-10-15', 'open'])
  expect([gone.status, back.status, back.due_on]).toEqual(['waived', 'open', '2020-11-30'])
  expect((await lawyer.get(path)).body.stage).toBe('transmitted')
})

test('filing before the facts, a decision before submission, and two bodies are refused with their codes', async () => {
  const caseId = await openCase(lawyer)
  await allow(lawyer, caseId, 'CCPR')
  const path = await begin(lawyer, caseId)
  const post = (legal: object) => lawyer.post(`${path}/steps`, { legal })
  const open = (legal: object) => lawyer.post(`/v1/cases/${caseId}/complaints`, complaintOf({ legal }))

  const replies = [
    await post({ ...filed, on: '2015-12-31' }),
    await post(decided),
    await open({ mechanisms: ['CCPR-OP1', 'CAT-22'] }),
    await open({ mechanism: 'CAT-22', mechanisms: ['CCPR-OP1'] }),
    await open({ mechanism: 'NOWHERE' }),
    await post({ ...filed, on: '2099-01-01' }),
    await post(registered),
    await post({ step: 'registered', on: '2020-04-01' }),
  ]
  await record(lawyer, path, [filed])
  const early = await post({ ...decided, on: '2019-03-20' })

  expect(replies.map(codeOf)).toEqual([
    '422 filing-before-facts',
    '422 decision-before-submission',
    '422 two-committees',
    '422 two-committees',
    '422 unknown-mechanism',
    '422 day-not-come',
    '422 step-out-of-order',
    '400 invalid-request',
  ])
  expect(codeOf(early)).toBe('422 decision-before-submission')
  expect(codeOf(await post({ ...filed, on: '2016-01-01' }))).toBe('422 step-out-of-order')
})

test('what was filed cannot be made to be about later facts, nor to go elsewhere', async () => {
  const { path } = await openComplaint(lawyer)
  await record(lawyer, path, [filed])
  const { narrative } = complaintOf({ narrative: { events: [{ on: '2021-01', text: 'Later.' }] } })

  const later = await lawyer.patch(path, { narrative }, ifMatch(1))
  const elsewhere = await lawyer.patch(
    path,
    { legal: { mechanism: 'CAT-22', state: 'TJ', language: 'en' } },
    ifMatch(1),
  )

  expect([later, elsewhere].map(codeOf)).toEqual(['422 filing-before-facts', '422 mechanism-is-fixed'])
})

test('complaints to one body are joined and separated; to two bodies they are not', async () => {
  const caseId = await openCase(lawyer)
  for (const body of ['CCPR', 'CAT']) await allow(lawyer, caseId, body)
  const [one, two, cat] = [
    await begin(lawyer, caseId),
    await begin(lawyer, caseId),
    await begin(lawyer, caseId, complaintOf({ legal: { mechanism: 'CAT-22' } })),
  ]
  const idIn = (path: string) => path.split('/').at(-1)
  await record(lawyer, one, [filed, registered, { step: 'joined', on: '2021-01-01', other: idIn(two) }])
  const join = (other: string | undefined) =>
    lawyer.post(`${one}/steps`, { legal: { step: 'joined', on: '2021-02-01', other } })

  const replies = [await join(idIn(cat)), await join(idIn(one)), await join(crypto.randomUUID())]
  await record(lawyer, one, [{ step: 'separated', on: '2021-03-01', other: idIn(two) }])

  expect(replies.map(codeOf)).toEqual(['422 two-committees', '422 cannot-be-joined', '422 cannot-be-joined'])
})

test('two steps at once are taken one after the other', async () => {
  const { path } = await openComplaint(lawyer)

  const replies = await Promise.all([filed, filed, filed].map((legal) => lawyer.post(`${path}/steps`, { legal })))

  expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422])
})
