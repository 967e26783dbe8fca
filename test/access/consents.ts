import { type AccessTable, casework } from './actors.ts'

export const consentsAccess: AccessTable = {
  routes: {
    'POST /cases/:id/consents': casework,
    'GET /cases/:id/consents': casework,
    'GET /cases/:id/consents/:consent_id/effects': casework,
  },
  bodies: {
    'POST /cases/:id/consents': {
      facts: { purpose: 'store', value: 'given', method: 'oral', said_on: '2026-03-02' },
    },
  },
}
