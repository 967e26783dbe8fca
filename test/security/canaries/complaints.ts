import type { Canary } from './canary.ts'

/** A claim, written twice. */
export const complaintsCanary: Canary = {
  columns: ['case_claims.legal'],
  async fill({ caller, token, caseId, told }) {
    const path = `/v1/cases/${caseId}`
    const claim = (part: string) => ({
      state: 'KZ',
      late_because: told(`${part} reason of delay`),
      elsewhere: [{ body: 'CAT-22', status: 'pending', note: told(`${part} matter elsewhere`) }],
      overrides: [{ mechanism: 'CAT-22', reason: told(`${part} judgement`) }],
      projects: [{ mechanism: 'WB_IP', name: told(`${part} project`), people: 2 }],
    })
    for (const [version, part] of ['first', 'second'].entries())
      await caller.expectOf(200, `PUT ${path}/claim`, {
        token,
        body: { legal: claim(part) },
        headers: { 'if-match': `"${String(version)}"` },
      })
  },
}
