import { type AccessTable, casework, coordinators, leaders } from './actors.ts'

export const conflictsAccess: AccessTable = {
  routes: {
    'POST /cases/:id/conflict-questions': leaders,
    'GET /cases/:id/conflict-questions': casework,
    'POST /conflict-answers': casework,
    'GET /conflict-questions': coordinators,
  },
}
