import { expect, test } from 'vitest'
import { linkReport, openCase, report } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const intake = app.as('intake')

type Answer = { mechanism: string; state: string; status: string; reasons: Reason[]; override: string | null }
type Reason = { check: string; code: string; effect: string; day: string | null; rule: Record<string, unknown> }

const claim = (more: object = {}) => ({ legal: { articles: ['CCPR-7', 'CAT-12'], ...more } })

async function prepared(steps: object[] = [], more: object = {}): Promise<string> {
  const id = await openCase(intake)
  for (const legal of steps) expect((await intake.post(`/v1/cases/${id}/proceedings`, { legal })).status).toBe(201)
  expect((await intake.put(`/v1/cases/${id}/claim`, claim(more), ifMatch(0))).status).toBe(200)
  return id
}

async function answers(id: string): Promise<Answer[]> {
  const { status, body } = await intake.get(`/v1/cases/${id}/admissibility`)
  expect(status).toBe(200)
  return body.result.answers
}

const find = (all: Answer[], mechanism: string) => all.find((answer) => answer.mechanism === mechanism)
const codes = (answer: Answer | undefined) => answer?.reasons.map(({ code }) => code) ?? []

const rejected = { state: 'TJ', step_code: 'L6_APPEAL', result: 'rejected', served_on: '2026-09-01' }

test('days, State and violations come from the incidents of the case, and remedies from its ladder', async () => {
  const id = await prepared([rejected])
  await linkReport(intake, id)

  const all = await answers(id)

  expect(all).toHaveLength(25)
  expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['TJ']))
  const ccpr = find(all, 'CCPR-OP1')
  expect(ccpr?.status).toBe('open')
  expect(codes(ccpr)).toEqual(
    expect.arrayContaining(['accepted', 'after_acceptance', 'article_named', 'exhausted', 'in_time', 'nowhere_else']),
  )
  expect(ccpr?.reasons[0]?.rule).toEqual({
    file: 'acceptance',
    row: 'TJ-CCPR-OP1',
    version: 1,
    certainty: 'high',
    sources: ['S18', 'S16'],
  })
  expect(find(all, 'CAT-22')?.status).toBe('closed')
  expect(find(all, 'WGEID')?.status).toBe('closed')
})

test('an incident of an unknown day is answered "possibly"', async () => {
  const id = await prepared([rejected])
  await linkReport(intake, id, { ...report, facts: { ...report.facts, occurred: { precision: 'unknown' } } })

  const ccpr = find(await answers(id), 'CCPR-OP1')

  expect([ccpr?.status, codes(ccpr).includes('possibly_before_acceptance')]).toEqual(['doubtful', true])
})

test('an edit of a row changes the answer, which names the new version', async () => {
  const administrator = app.as('administrator')
  const { body } = await administrator.get('/v1/acceptance')
  const { content } = body.rows.find(({ row }: { row: string }) => row === 'UZ-CAT-22')
  const accepted = { ...content, complaint_accepted: true, complaint_in_force: '2020-01-01', certainty: 'high' }
  const id = await prepared([{ ...rejected, state: 'UZ' }], { state: 'UZ', began: '2024-05', continues: 'no' })

  const before = find(await answers(id), 'CAT-22')
  await administrator.put(
    '/v1/reference/acceptance/UZ-CAT-22',
    { content: accepted, valid_from: '2026-01-01' },
    ifMatch(1),
  )
  const after = find(await answers(id), 'CAT-22')

  expect([before?.status, after?.status]).toEqual(['closed', 'open'])
  expect([before?.reasons[0]?.rule['version'], after?.reasons[0]?.rule['version']]).toEqual([1, 2])
})

test('a lawyer overrides with a reason, which stands beside the answer and does not change it', async () => {
  const overrides = [{ mechanism: 'CAT-22', reason: 'A declaration was deposited last month.' }]
  const id = await prepared([rejected], { state: 'TJ', began: '2024', overrides })

  const cat = find(await answers(id), 'CAT-22')

  expect([cat?.status, cat?.override]).toEqual(['closed', 'A declaration was deposited last month.'])
})

test('what filing with one body would do to another is said before anything is filed', async () => {
  const id = await prepared([{ ...rejected, state: 'KZ' }], { state: 'KZ', began: '2024' })

  const { result } = (await intake.get(`/v1/cases/${id}/admissibility`)).body

  expect(result.conflicts).toContainEqual(
    expect.objectContaining({ filing_with: 'CCPR-OP1', shuts: 'CAT-22', how: 'also_after', is_certain: true }),
  )
  expect(result.conflicts).toContainEqual(
    expect.objectContaining({ filing_with: 'CAT-22', shuts: 'CCPR-OP1', how: 'while_pending', is_certain: true }),
  )
})

test('a case that is about no State of ours has no answers', async () => {
  expect(await answers(await prepared())).toEqual([])
})

test('a claim is written over the version that was read', async () => {
  const id = await prepared()

  const stale = await intake.put(`/v1/cases/${id}/claim`, claim(), ifMatch(0))
  const changed = await intake.put(`/v1/cases/${id}/claim`, claim({ is_anonymous: true }), ifMatch(1))
  const { body } = await intake.get(`/v1/cases/${id}/claim`)

  expect([stale.status, changed.status]).toEqual([412, 200])
  expect([body.version, body.legal.is_anonymous]).toEqual([2, true])
})

test('of two first claims one is kept', async () => {
  const id = await openCase(intake)

  const replies = await Promise.all([1, 2, 3].map(() => intake.put(`/v1/cases/${id}/claim`, claim(), ifMatch(0))))

  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412])
})

test('what is no article or no day is refused without its value', async () => {
  const id = await openCase(intake)
  const put = (more: object) => intake.put(`/v1/cases/${id}/claim`, claim(more), ifMatch(0))

  const replies = await Promise.all([
    put({ articles: ['KANAREIKA-7'] }),
    put({ began: '2024-13' }),
    put({ elsewhere: [{ body: 'CAT-22', status: 'kanareika' }] }),
  ])

  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400])
  expect(replies.map(({ text }) => /kanareika/i.test(text))).toEqual([false, false, false])
})
