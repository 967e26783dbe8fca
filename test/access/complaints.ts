import { type AccessTable, casework, leaders } from './actors.ts'

const complaint = {
  legal: { mechanism: 'CCPR-OP1', state: 'TJ', language: 'en' },
  identity: { author: { capacity: 'counsel' }, victims: [{}] },
}
const step = { legal: { step: 'submitted', on: '2026-03-02' } }
const letter = { legal: { direction: 'in', with: 'body', on: '2026-03-02', about: 'Registration' } }

export const complaintsAccess: AccessTable = {
  routes: {
    'POST /cases/:id/complaints': leaders,
    'GET /cases/:id/complaints': casework,
    'GET /cases/:id/complaints/:complaint_id': casework,
    'PATCH /cases/:id/complaints/:complaint_id': leaders,
    'GET /cases/:id/complaints/:complaint_id/check': leaders,
    'GET /cases/:id/complaints/:complaint_id/document': leaders,
    'POST /cases/:id/complaints/:complaint_id/steps': leaders,
    'PATCH /cases/:id/complaints/:complaint_id/steps/:step_id': leaders,
    'POST /cases/:id/complaints/:complaint_id/letters': leaders,
    'PATCH /cases/:id/complaints/:complaint_id/letters/:letter_id': leaders,
  },
  bodies: {
    'POST /cases/:id/complaints': complaint,
    'PATCH /cases/:id/complaints/:complaint_id': complaint,
    'POST /cases/:id/complaints/:complaint_id/steps': step,
    'PATCH /cases/:id/complaints/:complaint_id/steps/:step_id': step,
    'POST /cases/:id/complaints/:complaint_id/letters': letter,
    'PATCH /cases/:id/complaints/:complaint_id/letters/:letter_id': letter,
  },
}
