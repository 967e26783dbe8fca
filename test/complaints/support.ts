import { expect } from 'vitest'
import { openCase } from '../cases/support.ts'
import type { As } from '../support/app.ts'

/** A complaint of an invented man to the Human Rights Committee. */
export const complaintOf = (more: { legal?: object; identity?: object; narrative?: object } = {}) => ({
  legal: { mechanism: 'CCPR-OP1', state: 'TJ', language: 'en', ...more.legal },
  identity: { author: { capacity: 'counsel' }, victims: [{ family_name: 'Invented' }], ...more.identity },
  narrative: { events: [{ on: '2016', text: 'Beaten at the station.' }], ...more.narrative },
})

/** The victim, or somebody else whose complaint it is, allows that it goes to a body: `CCPR`, `CCPR of v1`. */
export async function allow(by: As, caseId: string, what: string): Promise<void> {
  const [recipient, subject = 'victim'] = what.split(' of ')
  const facts = { purpose: 'submit_to_un_body', value: 'given', method: 'written', said_on: '2026-01-05', subject }
  expect((await by.post(`/v1/cases/${caseId}/consents`, { facts, identity: { recipient } })).status).toBe(201)
}

/** A case with a complaint that may be filed; answers the path of the complaint. */
export async function openComplaint(by: As, body: object = complaintOf()): Promise<{ caseId: string; path: string }> {
  const caseId = await openCase(by)
  await allow(by, caseId, 'CCPR')
  return { caseId, path: await begin(by, caseId, body) }
}

export async function begin(by: As, caseId: string, body: object = complaintOf()): Promise<string> {
  const opened = await by.post(`/v1/cases/${caseId}/complaints`, body)
  expect(opened.status).toBe(201)
  return `/v1/cases/${caseId}/complaints/${String(opened.body.id)}`
}

/** Records steps, each of which must be taken. */
export async function record(by: As, path: string, steps: object[]): Promise<string[]> {
  const ids: string[] = []
  for (const legal of steps) {
    const made = await by.post(`${path}/steps`, { legal })
    expect([legal, made.status]).toEqual([legal, 201])
    ids.push(made.body.id)
  }
  return ids
}

export const codeOf = ({ status, body }: { status: number; body: { type?: string } }) =>
  `${String(status)} ${String(body.type).split(/[/:]/).at(-1) ?? ''}`
