import { type AccessTable, anyone } from './actors.ts'

export const vocabulariesAccess: AccessTable = {
  routes: {
    'GET /vocabularies': anyone,
    'GET /vocabularies/:name': anyone,
  },
}
