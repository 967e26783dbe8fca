import type { Canary } from './canary.ts'

export const referenceCanary: Canary = {
  columns: ['reference_rows.facts'],
  async fill({ caller, administrator, told, at }) {
    const row = `CANARY-${String(at)}`
    const content = { code: row, name: told('reference') }
    await caller.expectOf(201, 'POST /v1/reference/domestic_ladder', {
      token: administrator.token,
      body: { row, content, valid_from: '2026-01-01' },
    })
  },
}
