import type { Canary } from './canary.ts'

export const assistanceCanary: Canary = {
  columns: ['budget_lines.facts', 'services_delivered.facts', 'services_delivered.narrative'],
  async fill({ caller, token, founder, caseId, told }) {
    const programme = await caller.expectOf(201, 'POST /v1/programmes', {
      token: founder.token,
      body: {
        starts_on: '2026-01-01',
        ends_on: '2026-12-31',
        profile: { name: told('programme'), donor: told('donor') },
      },
    })
    const budget = { amount_minor: 100_000, currency: 'USD' }
    await caller.expectOf(201, `POST /v1/programmes/${String(programme.id)}/budget-lines`, {
      token: founder.token,
      body: { facts: { name: told('budget line'), budget } },
    })
    const facts = { kind: 'shelter', delivered_on: '2026-01-02', voucher: told('voucher') }
    const { id } = await caller.expectOf(201, `POST /v1/cases/${caseId}/services`, {
      token,
      body: { facts, note: told('service note') },
    })
    await caller.expectOf(200, `POST /v1/cases/${caseId}/services/${String(id)}/void`, {
      token,
      body: { reason: told('void reason') },
      headers: { 'if-match': '"1"' },
    })
  },
}
