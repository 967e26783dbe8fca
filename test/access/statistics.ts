import { type AccessTable, coordinators } from './actors.ts'

export const statisticsAccess: AccessTable = {
  routes: {
    'POST /statistics/exports': coordinators,
  },
}
