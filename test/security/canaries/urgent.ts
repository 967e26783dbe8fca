import type { Canary } from './canary.ts'

export const urgentCanary: Canary = {
  columns: ['urgent_requests.narrative'],
  coded: ['urgent_requests.facts'],
  async fill({ caller, token, founder, caseId, told }) {
    const { id } = await caller.expectOf(201, `POST /v1/cases/${caseId}/urgent-requests`, {
      token,
      body: { facts: { kind: 'medical' }, need: told('urgent need') },
    })
    await caller.expectOf(200, `POST /v1/urgent-requests/${String(id)}/answer`, {
      token: founder.token,
      body: { decision: 'granted', answer: told('urgent answer') },
      headers: { 'if-match': '"1"' },
    })
  },
}
