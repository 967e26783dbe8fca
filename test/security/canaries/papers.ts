import type { Canary } from './canary.ts'

export const papersCanary: Canary = {
  columns: ['papers.narrative'],
  async fill({ caller, token, caseId, told }) {
    const threat = {
      threat: told('threat text'),
      likelihood: 'high',
      severity: 'grave',
      measures: told('threat measures'),
    }
    const papers = [
      { kind: 'note', narrative: { text: told('note text') } },
      { kind: 'task', narrative: { to_do: told('task text') } },
      { kind: 'milestone', narrative: { reached: told('milestone text') } },
      { kind: 'risk_assessment', narrative: { for_whom: told('risk person'), threats: [threat] } },
      {
        kind: 'conflict_check',
        narrative: { result: 'clear', searched: told('conflict search'), finding: told('conflict finding') },
      },
      {
        kind: 'authority',
        narrative: { signed_by: told('authority signer'), signed_on: '2026-03-02', scope: told('authority scope') },
      },
      { kind: 'authority', narrative: { none_because: told('authority reason') } },
    ]
    for (const body of papers) await caller.expectOf(201, `POST /v1/cases/${caseId}/papers`, { token, body })
  },
}
