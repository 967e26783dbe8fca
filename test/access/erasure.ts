import { type AccessTable, casework, coordinators, heads, leaders } from './actors.ts'

export const erasureAccess: AccessTable = {
  routes: {
    'GET /retention': [...casework, 'administrator'],
    'PUT /retention': coordinators,
    'GET /cases/:id/holds': casework,
    'POST /cases/:id/holds': casework,
    'DELETE /cases/:id/holds/:hold_id': leaders,
    'POST /cases/:id/erasures': [...leaders, 'administrator'],
    'POST /persons/:id/erasures': [...leaders, 'administrator'],
    'GET /erasures': [...casework, 'administrator'],
    'GET /erasures/:id': [...casework, 'administrator'],
    'POST /erasures/:id/confirmation': heads,
    'DELETE /erasures/:id': [...casework, 'administrator'],
    'GET /erasure-register': heads,
  },
  bodies: {
    'POST /cases/:id/holds': { reason: 'court_order' },
    'POST /cases/:id/erasures': { ground: 'wish_of_person' },
  },
}
