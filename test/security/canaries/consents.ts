import type { Canary } from './canary.ts'

export const consentsCanary: Canary = {
  columns: ['consents.identity', 'consents.narrative', 'consents.facts'],
  async fill({ caller, token, caseId, told }) {
    const body = {
      facts: {
        purpose: 'share_with_provider',
        value: 'given',
        subject: told('consent subject'),
        method: 'written',
        said_on: '2026-03-02',
      },
      identity: {
        recipient: told('consent recipient'),
        said_by: told('consent speaker'),
        guardian: told('consent guardian'),
      },
      narrative: { note: told('consent note'), document: told('consent document') },
    }
    await caller.expectOf(201, `POST /v1/cases/${caseId}/consents`, { token, body })
  },
}
