const id = '7c1f5a3e-92b4-4d08-8a6f-3e5b1c9d2f74'

export const referral = {
  to: { provider_id: '0f6c0d57-8c1f-4d1b-9a55-6f1f3d2b7c90' },
  facts: { help: 'psychological' },
  narrative: { request: 'Ten sessions, in Tajik, with a woman.' },
}
export const receipt = { id, version: 1, state: 'draft' }
export const decline = { to: 'declined', said: { reason_code: 'no_capacity', note: 'Full until May.' } }
