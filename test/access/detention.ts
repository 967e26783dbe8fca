import { type AccessTable, casework } from './actors.ts'

export const detentionAccess: AccessTable = {
  routes: {
    'POST /cases/:id/detentions': casework,
    'GET /cases/:id/detentions': casework,
    'PATCH /cases/:id/detentions/:detention_id': casework,
  },
  bodies: {
    'POST /cases/:id/detentions': { facts: { came_by: 'arrest' } },
    'PATCH /cases/:id/detentions/:detention_id': { facts: { came_by: 'transfer' } },
  },
}
