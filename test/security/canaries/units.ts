import type { Canary } from './canary.ts'

/** After the persons: the second of them is accused. */
export const unitsCanary: Canary = {
  columns: ['units.identity', 'unit_postings.facts'],
  coded: ['units.facts'],
  async fill({ caller, token, caseId, told }) {
    const { id: unit_id } = await caller.expectOf(201, 'POST /v1/units', {
      token,
      body: { identity: { names: [{ text: told('unit name') }], note: told('unit note') } },
    })
    const { items } = await caller.expectOf(200, `GET /v1/cases/${caseId}/persons`, { token })
    const accused = items.find((item: { role: { roles: string[] } }) => item.role.roles.includes('alleged_perpetrator'))
    await caller.expectOf(201, `POST /v1/cases/${caseId}/postings`, {
      token,
      body: {
        facts: { unit_id, person_id: accused.person_id, rank: told('posting rank'), note: told('posting note') },
      },
    })
  },
}
