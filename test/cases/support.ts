import { expect } from 'vitest'
import type { As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

export type App = Awaited<ReturnType<typeof startApp>>

export const content = {
  identity: { title: 'Two brothers' },
  narrative: { summary: 'Held for three days without a lawyer.' },
  legal: { notes: 'Article 7.' },
  facts: { kind: 'torture_or_ill_treatment', tags: ['torture'] },
}

/** A report that meets all that a case asks of its incidents. */
export const report = {
  facts: {
    kind: 'torture_or_ill_treatment',
    occurred: { precision: 'day', from: '2025-11-03' },
    place: { country: 'TJ', region: 'TJ-SU' },
    parties: [{ ref: 'v1', roles: ['victim'], sort: 'person' }],
    acts: [{ violation: 'torture', victim_ref: 'v1' }],
    sources: [{ connection: 'victim', reliability: 'reliable', validity: 'confirmed' }],
    details: { purposes: ['confession'] },
  },
  narrative: { summary: 'Beaten at the station.' },
}

/** Opens a case and answers its id. */
export async function openCase(by: As, body: object = content): Promise<string> {
  const opened = await by.post('/v1/cases', body)
  expect(opened.status).toBe(201)
  return opened.body.id
}

export async function versionOf(by: As, id: string): Promise<number> {
  return (await by.get(`/v1/cases/${id}`)).body.version
}

export async function add(by: As, id: string, member: { user_id: string; part: 'member' | 'lead' }) {
  return by.post(`/v1/cases/${id}/members`, member, ifMatch(await versionOf(by, id)))
}

export async function takeOff(by: As, id: string, userId: string) {
  return by.delete(`/v1/cases/${id}/members/${userId}`, ifMatch(await versionOf(by, id)))
}

export async function move(by: As, id: string, body: object) {
  return by.post(`/v1/cases/${id}/transitions`, body, ifMatch(await versionOf(by, id)))
}

const consent = { purpose: 'store', value: 'given', method: 'written', said_on: '2026-03-02' }
const threat = { threat: 'Reprisals.', likelihood: 'high', severity: 'grave', measures: 'No visits at home.' }
const safetyPapers = [
  { kind: 'risk_assessment', narrative: { for_whom: 'The family', threats: [threat] } },
  { kind: 'conflict_check', narrative: { result: 'clear', searched: 'All our cases' } },
]
const authority = { kind: 'authority', narrative: { signed_by: 'The victim', signed_on: '2026-03-02', scope: 'All' } }

/** What documentation asks of a case beside its team and its incidents. */
export async function makeSafe(by: As, id: string): Promise<void> {
  expect((await by.post(`/v1/cases/${id}/consents`, { facts: consent })).status).toBe(201)
  for (const body of safetyPapers) expect((await by.post(`/v1/cases/${id}/papers`, body)).status).toBe(201)
}

/** What litigation asks of the papers of a case. */
export async function authorise(by: As, id: string): Promise<void> {
  expect((await by.post(`/v1/cases/${id}/papers`, authority)).status).toBe(201)
}

/** Submits a report and links it to the case, as somebody of the intake who is on its team. */
export async function linkReport(intake: As, id: string, body: object = report): Promise<string> {
  const receipt = await intake.post('/v1/incidents', body)
  expect(receipt.status).toBe(201)
  const { id: incident, version } = receipt.body
  const triaged = await intake.post(
    `/v1/incidents/${incident}/triage`,
    { decision: 'accept', case_id: id },
    ifMatch(version),
  )
  expect(triaged.status).toBe(200)
  return incident
}
