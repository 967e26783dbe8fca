import { wordsFor } from './words.ts'

const id = '3f0a6c1e-5d27-4b0e-8a4c-9e1d2b7f6a30'
const coordinator = '2b1f7c0e-6d1a-4f0e-9d4e-0a6c2f5b7e11'
const administrator = '7d9e3a42-1c5b-4f6a-b8d0-4e2f9a6c1b57'
const caseId = '8c2d5e71-4b9a-4e3f-a6d1-0f7b3c9e2a64'

export const proposed = {
  id,
  version: 1,
  kind: 'case',
  subject_id: caseId,
  reference: 'CASE-2026-7K3M9Q',
  ground: 'wish_of_person',
  status: 'proposed',
  proposed_by: coordinator,
  proposed_on: '2026-03-02',
  not_before: '2026-03-09',
  decided_by: null,
  decided_on: null,
}

export const done = {
  ...proposed,
  version: 2,
  status: 'done',
  decided_by: administrator,
  decided_on: '2026-03-09',
  rows: [
    { table: 'cases', rows: 1 },
    { table: 'consents', rows: 3 },
    { table: 'evidence_items', rows: 2 },
  ],
  keys_destroyed: 11,
  files: 2,
  files_waiting: 0,
  scoured_on: '2026-03-10',
  ...wordsFor('case'),
}

export const hold = {
  id: '5b7c9d2e-8f1a-4c3b-9e6d-2a4f0b8c7d13',
  case_id: caseId,
  reason: 'court_order',
  placed_by: coordinator,
  placed_on: '2026-03-02',
  lifted_by: null,
  lifted_on: null,
}

export const rules = {
  id: '4e8b2f90-6c3d-4d15-9a7e-1b0c5d8e2f63',
  version: 1,
  closed_days: 3650,
  declined_days: 365,
  waiting_days: 7,
}
