import { type AccessTable, leaders } from './actors.ts'

export const archivesAccess: AccessTable = {
  routes: { 'POST /cases/:id/archive': leaders },
}
