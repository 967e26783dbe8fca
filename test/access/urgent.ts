import { type AccessTable, casework, coordinators } from './actors.ts'

export const urgentAccess: AccessTable = {
  routes: {
    'POST /cases/:id/urgent-requests': casework,
    'GET /cases/:id/urgent-requests': casework,
    'GET /urgent-requests': casework,
    'GET /urgent-requests/:id': casework,
    'POST /urgent-requests/:id/answer': coordinators,
    'POST /urgent-requests/:id/withdraw': casework,
    'GET /me/inbox': casework,
    'GET /indicators': coordinators,
  },
  bodies: {
    'POST /cases/:id/urgent-requests': { facts: { kind: 'medical' }, need: 'A doctor tonight.' },
  },
}
