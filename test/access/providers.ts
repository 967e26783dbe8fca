import { type AccessTable, casework, leaders } from './actors.ts'

export const providersAccess: AccessTable = {
  routes: {
    'POST /providers': leaders,
    'GET /providers': casework,
    'GET /providers/:id': casework,
    'PATCH /providers/:id': leaders,
    'POST /providers/search': casework,
  },
}
