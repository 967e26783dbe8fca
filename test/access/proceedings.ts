import { type AccessTable, casework, leaders } from './actors.ts'

const body = { legal: { state: 'KZ', step_code: 'L6_APPEAL', result: 'pending' } }

export const proceedingsAccess: AccessTable = {
  routes: {
    'POST /cases/:id/proceedings': leaders,
    'GET /cases/:id/proceedings': casework,
    'PATCH /cases/:id/proceedings/:proceeding_id': leaders,
    'GET /cases/:id/exhaustion': casework,
  },
  bodies: { 'POST /cases/:id/proceedings': body, 'PATCH /cases/:id/proceedings/:proceeding_id': body },
}
