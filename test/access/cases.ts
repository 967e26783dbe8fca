import { type AccessTable, casework, leaders } from './actors.ts'

export const casesAccess: AccessTable = {
  routes: {
    'POST /cases': leaders,
    'GET /cases': casework,
    'GET /cases/:id': casework,
    'PATCH /cases/:id': leaders,
    'POST /cases/:id/members': casework,
    'DELETE /cases/:id/members/:user_id': casework,
    'GET /cases/:id/walls': casework,
    'POST /cases/:id/walls': casework,
    'DELETE /cases/:id/walls/:user_id': leaders,
    'POST /members/:id/handover': casework,
    'GET /cases/:id/transitions': casework,
    'POST /cases/:id/transitions': leaders,
  },
  bodies: {
    'PATCH /cases/:id': { identity: { title: 'Another' } },
    'POST /cases/:id/members': { user_id: crypto.randomUUID(), part: 'member' },
    'POST /cases/:id/walls': { user_id: crypto.randomUUID() },
    'POST /members/:id/handover': { to: crypto.randomUUID() },
    'POST /cases/:id/transitions': { to: 'documentation' },
  },
}
