import type { Canary } from './canary.ts'

export const referralsCanary: Canary = {
  columns: ['referrals.narrative', 'referral_moves.narrative'],
  coded: ['referrals.identity', 'referrals.facts'],
  async fill({ caller, token, caseId, told }) {
    const provider = await caller.expectOf(201, 'POST /v1/providers', {
      token,
      body: { identity: { name: told('referred to') }, facts: { sort: 'clinic', services: ['shelter'] } },
    })
    const { id } = await caller.expectOf(201, `POST /v1/cases/${caseId}/referrals`, {
      token,
      body: {
        to: { provider_id: provider.id },
        facts: { help: 'shelter' },
        narrative: { request: told('referral request') },
      },
    })
    await caller.expectOf(200, `POST /v1/referrals/${String(id)}/transitions`, {
      token,
      body: { to: 'awaiting_consent', said: { note: told('referral note') } },
      headers: { 'if-match': '"1"' },
    })
  },
}
