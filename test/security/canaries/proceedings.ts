import type { Canary } from './canary.ts'

/** A step, changed once, with a deadline that follows it and is then waived. */
export const proceedingsCanary: Canary = {
  columns: ['proceedings.legal', 'deadlines.legal'],
  async fill({ caller, token, caseId, told }) {
    const legal = (part: string, served_on: string) => ({
      state: 'KZ',
      step_code: 'L6_APPEAL',
      result: 'rejected',
      authority: told(`${part} authority`),
      level: told(`${part} level`),
      reference_no: told(`${part} number`),
      note: told(`${part} step`),
      served_on,
    })
    const path = `/v1/cases/${caseId}`
    const first = { token, body: { legal: legal('first', '2026-03-02') } }
    const step = await caller.expectOf(201, `POST ${path}/proceedings`, first)
    const deadline = {
      by: 'rule',
      rule: 'KZ-VERDICT-APPEAL',
      state: 'KZ',
      proceeding_id: step.id,
      note: told('deadline'),
    }
    const day = await caller.expectOf(201, `POST ${path}/deadlines`, { token, body: { deadline } })
    await caller.expectOf(200, `PATCH ${path}/proceedings/${String(step.id)}`, {
      token,
      body: { legal: legal('second', '2026-03-04') },
      headers: { 'if-match': '"1"' },
    })
    await caller.expectOf(200, `PATCH ${path}/deadlines/${String(day.id)}`, {
      token,
      body: { status: 'waived', told: { reason: told('waiver') } },
      headers: { 'if-match': '"2"' },
    })
  },
}
