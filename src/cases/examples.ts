const id = '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11'
const lead = { user_id: 'b3a7f6de-2d4c-4c58-8a11-0a5f9f6f3e20', part: 'lead', added_on: '2026-03-02' }
const colleague = 'e21d9c84-71b5-4f3b-b6c7-35c2a9d1f842'
const content = {
  identity: { title: 'Ill-treatment in a temporary detention facility' },
  narrative: { summary: 'Two brothers were held for three days without a lawyer.' },
  facts: { kind: 'torture_or_ill_treatment', tags: ['torture'] },
}

export const newCase = content
export const receipt = { id, reference: 'CASE-2026-7K3M9Q', version: 1, stage: 'intake', opened_on: '2026-03-02' }
export const file = { ...receipt, ...content, purge_after: null, team: [lead], legal: {} }
export const addition = { user_id: colleague, part: 'member' }
export const team = { id, version: 2, team: [lead, { ...addition, added_on: '2026-03-03' }] }
export const move = { to: 'follow_up', reason: 'The family asks for medical help only.' }
export const position = { id, version: 4, stage: 'follow_up', purge_after: null }
export const transitions = {
  id,
  version: 3,
  stage: 'litigation',
  allowed: [
    {
      to: 'follow_up',
      missing: ['final_outcome'],
      needs_reason: false,
      needs_reason_code: false,
      needs_purge_after: false,
    },
  ],
  history: [
    {
      id: '0d9a4b6e-53f7-4d0c-8d2b-b8b0a3f4c6d5',
      from_stage: 'intake',
      to_stage: 'documentation',
      moved_by: lead.user_id,
      moved_on: '2026-03-04',
      narrative: {
        requirements_met: ['lead', 'two_members', 'victim', 'consent_to_store', 'risk_assessment', 'conflict_check'],
      },
    },
  ],
}
