import { type AccessTable, heads } from './actors.ts'

export const auditAccess: AccessTable = {
  routes: {
    'GET /audit': heads,
    'GET /audit/checkpoints': heads,
    'POST /audit/checkpoints': heads,
  },
}
