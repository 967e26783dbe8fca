import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { allow, begin, record } from '../complaints/support.ts'
import { newProvider, refer } from '../referrals/support.ts'
import { startApp } from '../support/app.ts'

const app = await startApp()
const coordinator = app.as('coordinator')
const lawyer = app.as('lawyer')

async function caseWhoSaid(value: string): Promise<string> {
  const caseId = await openCase(lawyer)
  const facts = { purpose: 'count_in_statistics', value, method: 'written', said_on: '2026-01-05', subject: 'victim' }
  expect((await lawyer.post(`/v1/cases/${caseId}/consents`, { facts })).status).toBe(201)
  return caseId
}

const cases: string[] = []
beforeAll(async () => {
  for (const value of ['given', 'given', 'refused']) cases.push(await caseWhoSaid(value))
}, 60_000)

const counts = async (population: string, by: string) =>
  (await coordinator.get(`/v1/statistics/counts?population=${population}&by=${by}`)).body.counts

test('referrals are counted by kind and outcome: of whoever agreed, and three of a case at most', async () => {
  const provider = { provider_id: await newProvider(coordinator) }
  for (const caseId of cases) await refer(lawyer, caseId, provider)
  for (let again = 0; again < 4; again += 1) await refer(lawyer, cases[0] ?? '', provider)

  expect(await counts('referrals', 'help,referral_outcome')).toEqual([{ codes: ['psychological', 'open'], count: 4 }])
  expect(await counts('referrals', 'assistance')).toEqual([{ codes: ['psychological'], count: 4 }])
})

test('complaints are counted by committee, stage and outcome: of whoever agreed, and one of a case', async () => {
  for (const caseId of cases) {
    await allow(lawyer, caseId, 'CCPR')
    const path = await begin(lawyer, caseId)
    if (caseId === cases[1]) continue
    await record(lawyer, path, [
      { step: 'submitted', on: '2020-02-01' },
      { step: 'registered', on: '2020-03-01', number: '1/2020' },
      { step: 'decided', on: '2021-03-01', outcome: 'violation' },
    ])
  }
  const second = (await begin(lawyer, cases[0] ?? '')).slice(-36)
  await app.database
    .updateTable('complaints')
    .set({ opened_on: '2030-01-01' })
    .where(sql<boolean>`id = ${second}::uuid`)
    .execute()

  expect(await counts('complaints', 'committee,complaint_stage')).toEqual([
    { codes: ['CCPR', 'decided'], count: 1 },
    { codes: ['CCPR', 'drafting'], count: 1 },
  ])
  expect(await counts('complaints', 'complaint_outcome')).toEqual([
    { codes: ['pending'], count: 1 },
    { codes: ['violation'], count: 1 },
  ])
})

test('another organisation counts none of them', async () => {
  const away = app.as('coordinator', 'away')
  const { body } = await away.get('/v1/statistics/counts?population=complaints&by=committee')

  expect(body.counts).toEqual([])
})
