import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

const step = (more: object) => ({ legal: { state: 'KZ', step_code: 'L6_APPEAL', result: 'pending', ...more } })

async function record(id: string, ...steps: object[]) {
  for (const more of steps) {
    expect((await lawyer.post(`/v1/cases/${id}/proceedings`, step(more))).status).toBe(201)
  }
}

async function answer(steps: object[]) {
  const id = await openCase(lawyer)
  await record(id, ...steps)
  const { body } = await lawyer.get(`/v1/cases/${id}/exhaustion`)
  return body.states
}

type Situation = [told: string, steps: object[], answer: [status: string, reason: string]]

// By hand: exhaustion_rules.json for KZ ends the way at L6 or L8; twelve months of waiting ask for judgement.
const situations: Situation[] = [
  ['an appeal that was rejected', [{ result: 'rejected' }], ['exhausted', 'final_step_decided']],
  ['an appeal that was granted in part', [{ result: 'partly_granted' }], ['exhausted', 'final_step_decided']],
  ['a conviction upheld', [{ step_code: 'L8_TRIAL_APPEAL', result: 'rejected' }], ['exhausted', 'final_step_decided']],
  ['an appeal that was granted', [{ result: 'granted' }], ['needs_judgement', 'remedy_granted']],
  [
    'a prosecutor who refused',
    [{ step_code: 'L4_PROS_APPEAL', result: 'rejected' }],
    ['not_exhausted', 'final_step_open'],
  ],
  [
    'a step that the lawyer calls final',
    [{ step_code: 'L5_INV_JUDGE', result: 'rejected', effect: 'final' }],
    ['needs_judgement', 'final_by_judgement'],
  ],
  [
    'a pending appeal of last month',
    [{ result: 'pending', filed_on: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10) }],
    ['not_exhausted', 'final_step_open'],
  ],
  ['a silence of years', [{ result: 'no_reply', filed_on: '2020-01-01' }], ['needs_judgement', 'pending_long']],
  [
    'a step not tried, for it helps nobody',
    [{ result: 'not_attempted_ineffective' }],
    ['exception_claimed', 'exception_ineffective'],
  ],
  ['a step not tried for fear', [{ result: 'not_attempted_risk' }], ['exception_claimed', 'exception_fear']],
  ['a remedy that is not there', [{ effect: 'unavailable' }], ['exception_claimed', 'exception_unavailable']],
  ['a civil claim that failed', [{ step_code: 'L10_CIVIL', result: 'rejected' }], ['not_exhausted', 'final_step_open']],
  [
    'a civil claim not tried, for it helps nobody',
    [{ step_code: 'L10_CIVIL', result: 'not_attempted_ineffective' }],
    ['not_exhausted', 'final_step_open'],
  ],
  [
    'an ombudsman who is silent for years',
    [{ step_code: 'L13_OMB', result: 'no_reply', filed_on: '2020-01-01' }],
    ['not_exhausted', 'final_step_open'],
  ],
  [
    'a conviction upheld while the criminal complaint still waits',
    [
      { step_code: 'L8_TRIAL_APPEAL', result: 'rejected' },
      { step_code: 'L5_INV_JUDGE', result: 'pending', filed_on: '2026-11-01' },
    ],
    ['needs_judgement', 'other_way_open'],
  ],
  [
    'a rejected appeal while a civil claim still waits',
    [{ result: 'rejected' }, { step_code: 'L10_CIVIL', result: 'pending', filed_on: '2026-11-01' }],
    ['exhausted', 'final_step_decided'],
  ],
  [
    'a rejected appeal, and then a new investigation',
    [
      { result: 'rejected', decided_on: '2025-01-10' },
      { step_code: 'L2_REGISTER', result: 'pending', filed_on: '2025-02-01' },
    ],
    ['needs_judgement', 'begun_again'],
  ],
  [
    'a new investigation that ended like the first',
    [
      { result: 'rejected', decided_on: '2025-01-10' },
      { step_code: 'L2_REGISTER', result: 'rejected', filed_on: '2025-02-01', decided_on: '2025-03-01' },
      { result: 'rejected', filed_on: '2025-03-05', decided_on: '2025-04-01' },
    ],
    ['exhausted', 'final_step_decided'],
  ],
  [
    'a rejected appeal, and then a supervisory review that is not required',
    [
      { result: 'rejected', decided_on: '2025-01-10' },
      { step_code: 'L9_SUPREME', result: 'pending', filed_on: '2025-02-01' },
    ],
    ['exhausted', 'final_step_decided'],
  ],
  ['a remedy that takes too long', [{ effect: 'prolonged' }], ['exception_claimed', 'exception_prolonged']],
]

test.each(situations)('%s', async (_told, steps, expected) => {
  const states = await answer(steps)

  expect(states).toHaveLength(1)
  expect([states[0].status, states[0].reasons[0].code]).toEqual(expected)
  expect(states[0].rule).toMatchObject({ file: 'exhaustion_rules', row: 'KZ', version: 1, certainty: 'low' })
})

test('two States are answered apart, each by its own rule', async () => {
  const states = await answer([
    { result: 'rejected', served_on: '2025-12-09' },
    { state: 'KG', step_code: 'L1_REPORT', result: 'rejected' },
  ])

  expect(
    states.map(({ state, status, final_served_on }: Record<string, unknown>) => [state, status, final_served_on]),
  ).toEqual([
    ['KG', 'not_exhausted', null],
    ['KZ', 'exhausted', '2025-12-09'],
  ])
})

test('the clock starts at the last decision that is final by the rule, not at a later review that a lawyer calls final', async () => {
  const states = await answer([
    { result: 'rejected', decided_on: '2025-01-10', served_on: '2025-01-20' },
    { step_code: 'L9_SUPREME', result: 'rejected', effect: 'final', filed_on: '2025-02-01', served_on: '2025-06-01' },
    { step_code: 'L10_CIVIL', result: 'rejected', served_on: '2025-09-01' },
  ])

  expect([states[0].status, states[0].final_served_on]).toEqual(['exhausted', '2025-01-20'])
})

test('a step of a way that need not be tried is named as such', async () => {
  const states = await answer([{ step_code: 'L10_CIVIL', result: 'rejected' }])

  expect(states[0].reasons.map(({ code }: { code: string }) => code)).toEqual(['final_step_open', 'way_not_effective'])
})

test('an edited rule answers with its new version', async () => {
  const { body } = await lawyer.get('/v1/reference/exhaustion_rules')
  const { content } = body.rows.find(({ row }: { row: string }) => row === 'TJ')
  const edit = { content: { ...content, final_steps: ['L9_SUPREME'] }, valid_from: '2020-01-01' }
  await app.as('administrator').put('/v1/reference/exhaustion_rules/TJ', edit, ifMatch(1))

  const states = await answer([{ state: 'TJ', result: 'rejected' }])

  expect([states[0].status, states[0].rule.version]).toEqual(['not_exhausted', 2])
})

test('a step is changed under If-Match, and read as it was left', async () => {
  const id = await openCase(lawyer)
  const { body } = await lawyer.post(`/v1/cases/${id}/proceedings`, step({ authority: 'Regional court' }))
  const path = `/v1/cases/${id}/proceedings/${body.id}`

  const without = await lawyer.patch(path, step({ result: 'rejected' }))
  const changed = await lawyer.patch(path, step({ result: 'rejected' }), ifMatch(1))
  const stale = await lawyer.patch(path, step({ result: 'granted' }), ifMatch(1))

  expect([without.status, changed.status, stale.status]).toEqual([428, 200, 412])
  const { items } = (await lawyer.get(`/v1/cases/${id}/proceedings`)).body
  expect(items).toMatchObject([{ id: body.id, version: 2, legal: { result: 'rejected', effect: 'none' } }])
})

test('a step that the ladder lacks, and days out of order, are refused', async () => {
  const id = await openCase(lawyer)
  const post = (more: object) => lawyer.post(`/v1/cases/${id}/proceedings`, step(more))

  const unknown = await post({ step_code: 'L99_NOWHERE' })
  const backwards = await post({ decided_on: '2025-02-01', served_on: '2025-01-01' })

  expect([unknown.status, unknown.body.code ?? unknown.body.type]).toEqual([
    422,
    expect.stringContaining('unknown-step'),
  ])
  expect(backwards.status).toBe(400)
})

test('a step of another case is not there', async () => {
  const [one, other] = [await openCase(lawyer), await openCase(lawyer)]
  const { body } = await lawyer.post(`/v1/cases/${one}/proceedings`, step({}))

  const { status } = await lawyer.patch(`/v1/cases/${other}/proceedings/${body.id}`, step({}), ifMatch(1))

  expect(status).toBe(404)
})
