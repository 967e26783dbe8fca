import type { Canary } from './canary.ts'

export const detentionCanary: Canary = {
  columns: ['detention_episodes.narrative'],
  coded: ['detention_episodes.facts'],
  async fill({ caller, token, caseId, told }) {
    await caller.expectOf(201, `POST /v1/cases/${caseId}/detentions`, {
      token,
      body: {
        facts: { came_by: 'arrest', place: 'police_station', from: '2026-01-02T10' },
        narrative: { place: told('detention place'), note: told('detention note') },
      },
    })
  },
}
