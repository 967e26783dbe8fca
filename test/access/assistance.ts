import { type AccessTable, casework, coordinators } from './actors.ts'

export const assistanceAccess: AccessTable = {
  routes: {
    'POST /cases/:id/services': casework,
    'GET /cases/:id/services': casework,
    'POST /cases/:id/services/:service_id/void': casework,
    'POST /programmes/:id/budget-lines': coordinators,
    'GET /programmes/:id/spending': coordinators,
  },
  bodies: {
    'POST /cases/:id/services': { facts: { kind: 'shelter', delivered_on: '2026-01-02' } },
    'POST /cases/:id/services/:service_id/void': { reason: 'Entered twice.' },
  },
}
