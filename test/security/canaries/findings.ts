import type { Canary } from './canary.ts'

export const findingsCanary: Canary = {
  columns: ['examinations.identity', 'examinations.narrative', 'findings.narrative'],
  coded: ['examinations.facts', 'findings.facts'],
  async fill({ caller, token, caseId, clinician, told }) {
    const { version } = await caller.expectOf(200, `GET /v1/cases/${caseId}`, { token })
    await caller.expectOf(200, `POST /v1/cases/${caseId}/members`, {
      token,
      body: { user_id: clinician.id, part: 'member' },
      headers: { 'if-match': `"${String(version)}"` },
    })
    const { id: examination_id } = await caller.expectOf(201, `POST /v1/cases/${caseId}/examinations`, {
      token: clinician.token,
      body: {
        identity: { subject: told('examined person'), clinician: told('clinician name') },
        narrative: { allegations: told('allegations'), conclusions: told('conclusions') },
        facts: { on: '2026-01-05' },
      },
    })
    await caller.expectOf(201, `POST /v1/cases/${caseId}/findings`, {
      token: clinician.token,
      body: {
        examination_id,
        facts: { sort: 'physical', regions: ['face'], kind: 'bruise', grade: 'consistent' },
        narrative: { description: told('finding description'), alleged_cause: told('alleged cause') },
      },
    })
  },
}
