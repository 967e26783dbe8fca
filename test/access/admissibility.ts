import { type AccessTable, casework, leaders } from './actors.ts'

export const admissibilityAccess: AccessTable = {
  routes: {
    'GET /cases/:id/admissibility': casework,
    'GET /cases/:id/claim': casework,
    'PUT /cases/:id/claim': leaders,
  },
  bodies: { 'PUT /cases/:id/claim': { legal: {} } },
}
