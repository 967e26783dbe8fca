import { type AccessTable, anyone, casework, coordinators, everyone, heads } from './actors.ts'

export const organisationsAccess: AccessTable = {
  routes: {
    'POST /setup': anyone,
    'GET /organisations': everyone,
    'POST /organisations': coordinators,
    'GET /invitations': heads,
    'POST /invitations': heads,
    'POST /invitations/accept': anyone,
    'GET /members': everyone,
    'GET /members/:id': everyone,
    'POST /members/:id/confirm': coordinators,
    'PATCH /members/:id': coordinators,
    'DELETE /members/:id': heads,
    'GET /programmes': casework,
    'POST /programmes': coordinators,
  },
  bodies: {
    'POST /members/:id/confirm': { fingerprint: 'x' },
    'PATCH /members/:id': { is_intake: true },
  },
}
