import type { Canary } from './canary.ts'

export const providersCanary: Canary = {
  columns: ['providers.identity'],
  coded: ['providers.facts'],
  async fill({ caller, token, told }) {
    const contacts = [{ kind: 'address', text: told('provider address'), is_safe: true }]
    const identity = { name: told('provider name'), contacts, conflicts: told('provider conflict') }
    const facts = { sort: 'shelter', services: ['shelter'], regions: [] }
    const { id } = await caller.expectOf(201, 'POST /v1/providers', { token, body: { identity, facts } })
    const change = { identity: { ...identity, note: told('provider note') } }
    await caller.expectOf(200, `PATCH /v1/providers/${String(id)}`, {
      token,
      body: change,
      headers: { 'if-match': '"1"' },
    })
  },
}
