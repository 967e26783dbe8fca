import { type AccessTable, anyone, everyone, heads } from './actors.ts'

export const identityAccess: AccessTable = {
  routes: {
    'POST /session': anyone,
    'POST /session/refresh': anyone,
    'DELETE /session': everyone,
    'POST /lockdown': heads,
    'GET /me': everyone,
    'POST /me/passphrase': everyone,
    'GET /me/second-factor': everyone,
    'PUT /me/second-factor': everyone,
    'POST /recoveries': anyone,
    'GET /recoveries': ['officer'],
    'POST /recoveries/:id/approvals': ['officer'],
    'POST /recoveries/complete': anyone,
    'GET /recovery/coverage': heads,
  },
}
