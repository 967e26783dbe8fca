import { type AccessTable, coordinators } from './actors.ts'

export const statisticsAccess: AccessTable = {
  routes: {
    'GET /statistics/presets': coordinators,
    'POST /statistics/cubes': coordinators,
    'GET /statistics/cubes': coordinators,
    'GET /statistics/cubes/:id': coordinators,
    'PUT /statistics/cubes/:id': coordinators,
    'POST /statistics/cubes/:id/trials': coordinators,
    'POST /statistics/cubes/:id/releases': coordinators,
    'GET /statistics/releases': coordinators,
    'GET /statistics/releases/:id': coordinators,
    'POST /statistics/releases/:id/signatures': coordinators,
    'POST /statistics/releases/:id/withdrawal': coordinators,
    'GET /statistics/releases/:id/package': coordinators,
    'POST /statistics/public-figures': coordinators,
    'GET /statistics/public-figures': coordinators,
    'DELETE /statistics/public-figures/:id': coordinators,
    'POST /statistics/pools': coordinators,
    'GET /statistics/pools': coordinators,
    'GET /statistics/pools/:id': coordinators,
    'POST /statistics/pools/:id/contributions': coordinators,
    'POST /statistics/pools/:id/releases': coordinators,
    'GET /statistics/counts': coordinators,
  },
}
