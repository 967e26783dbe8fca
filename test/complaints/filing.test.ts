import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { allow, begin, codeOf, complaintOf, openComplaint, record } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')

const filed = { step: 'submitted', on: '2020-02-10' }
const file = (path: string) => lawyer.post(`${path}/steps`, { legal: filed })

test('nothing is filed without the consent of each victim to this very body', async () => {
  const caseId = await openCase(lawyer)
  const victims = ['v1', 'v2', 'v3'].map((consent_of) => ({ family_name: 'Invented', consent_of }))
  const path = await begin(lawyer, caseId, complaintOf({ identity: { victims } }))
  await allow(lawyer, caseId, 'CCPR of v1')
  await allow(lawyer, caseId, 'CAT of v2')

  const refused = await file(path)
  await allow(lawyer, caseId, 'CCPR of v2')
  await allow(lawyer, caseId, 'CCPR of v3')
  const taken = await file(path)

  expect(codeOf(refused)).toBe('409 consent-missing')
  expect(refused.body.missing).toEqual([
    { victim: 2, why: ['not_asked'] },
    { victim: 3, why: ['not_asked'] },
  ])
  expect(taken.status).toBe(201)
})

test('a withdrawal lists the drafts that it stops, and not what was filed', async () => {
  const { caseId, path } = await openComplaint(lawyer)
  await record(lawyer, path, [filed])
  const draft = await begin(lawyer, caseId)
  const withdrawn = await lawyer.post(`/v1/cases/${caseId}/consents`, {
    facts: { purpose: 'submit_to_un_body', value: 'withdrawn', method: 'oral', said_on: '2026-02-05' },
    identity: { recipient: 'CCPR' },
  })

  const { body } = await lawyer.get(`/v1/cases/${caseId}/consents/${withdrawn.body.id}/effects`)

  expect(body.blocks).toContainEqual({ code: 'filing', records: [draft.split('/').at(-1)] })
  expect(codeOf(await file(draft))).toBe('409 consent-missing')
})

test('what was filed shows in the check of admissibility, pending and then decided', async () => {
  const { caseId, path } = await openComplaint(lawyer)
  await lawyer.put(`/v1/cases/${caseId}/claim`, { legal: { state: 'KZ', articles: ['CAT-12'] } }, ifMatch(0))
  const saidOfCat = async () => {
    const { result } = (await lawyer.get(`/v1/cases/${caseId}/admissibility`)).body
    const cat = result.answers.find(({ mechanism }: { mechanism: string }) => mechanism === 'CAT-22')
    return cat.reasons.find(({ check }: { check: string }) => check === 'same_matter').code
  }

  const before = await saidOfCat()
  await record(lawyer, path, [filed, { step: 'registered', on: '2020-03-01', number: '3700/2020' }])
  const pending = await saidOfCat()
  await record(lawyer, path, [{ step: 'decided', on: '2024-03-20', outcome: 'no_violation' }])

  expect([before, pending, await saidOfCat()]).toEqual(['nowhere_else', 'pending_elsewhere', 'examined_elsewhere'])
})

test('a decision is a final outcome: the case may go on to follow-up', async () => {
  const { caseId, path } = await openComplaint(lawyer)
  await record(lawyer, path, [
    filed,
    { step: 'registered', on: '2020-03-01', number: '3700/2020' },
    { step: 'decided', on: '2024-03-20', outcome: 'violation' },
  ])

  const { body } = await lawyer.get(`/v1/cases/${caseId}/complaints`)

  expect(body.items).toMatchObject([{ stage: 'decided', dates: { adopted_on: '2024-03-20' } }])
})

test('letters are logged with how far their translations are; what is no item of the case is refused', async () => {
  const { path } = await openComplaint(lawyer)
  const letter = (more: object = {}) => ({
    legal: {
      direction: 'in',
      with: 'body',
      on: '2020-03-01',
      about: 'Registration',
      translations: [{ language: 'ru', status: 'ordered' }],
      ...more,
    },
  })

  const logged = await lawyer.post(`${path}/letters`, letter())
  const stranger = await lawyer.post(`${path}/letters`, letter({ evidence_id: crypto.randomUUID() }))
  const at = `${path}/letters/${String(logged.body.id)}`
  const done = await lawyer.patch(at, letter({ translations: [{ language: 'ru', status: 'done' }] }), ifMatch(1))
  const stale = await lawyer.patch(at, letter(), ifMatch(1))

  expect([logged.status, codeOf(stranger), done.status, stale.status]).toEqual([201, '422 not-of-this-case', 200, 412])
  expect((await lawyer.get(path)).body.letters).toMatchObject([
    { version: 2, legal: { translations: [{ language: 'ru', status: 'done' }] } },
  ])
})

test('a step may name a letter of its own complaint only', async () => {
  const { caseId, path } = await openComplaint(lawyer)
  const other = await begin(lawyer, caseId)
  const letter = { legal: { direction: 'out', with: 'body', on: '2020-02-10', about: 'The complaint' } }
  const theirs = (await lawyer.post(`${other}/letters`, letter)).body.id
  const ours = (await lawyer.post(`${path}/letters`, letter)).body.id
  const step = (letter_id: string) => lawyer.post(`${path}/steps`, { legal: { ...filed, letter_id } })

  expect(codeOf(await step(theirs))).toBe('422 not-of-this-case')
  expect((await step(ours)).status).toBe(201)
})

test('an event that names an annex that is not there, and a second annex of the same name, are refused', async () => {
  const caseId = await openCase(lawyer)
  const annex = { ref: 'A1', title: 'Verdict', kind: 'domestic_decision' }
  const post = (narrative: object) => lawyer.post(`/v1/cases/${caseId}/complaints`, complaintOf({ narrative }))

  const replies = await Promise.all([
    post({ events: [{ text: 'Beaten', annexes: ['A2'] }], annexes: [annex] }),
    post({ annexes: [annex, annex] }),
    post({ annexes: [{ ...annex, evidence_id: crypto.randomUUID() }] }),
  ])

  expect(replies.map(codeOf)).toEqual(['400 invalid-request', '400 invalid-request', '422 not-of-this-case'])
})

test('a complaint of another case is not there', async () => {
  const { path } = await openComplaint(lawyer)
  const elsewhere = path.replace(/cases\/[^/]+/, `cases/${await openCase(lawyer)}`)

  const replies = [await lawyer.get(elsewhere), await lawyer.post(`${elsewhere}/steps`, { legal: filed })]

  expect(replies.map(({ status }) => status)).toEqual([404, 404])
})
