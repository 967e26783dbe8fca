import { type AccessTable, handlers } from './actors.ts'

export const incidentsAccess: AccessTable = {
  routes: {
    'POST /incidents': handlers,
    'POST /incidents/batch': handlers,
    'GET /incidents': handlers,
    'GET /incidents/:id': handlers,
    'POST /incidents/:id/triage': ['intake'],
    'POST /incidents/:id/supplements': handlers,
    'POST /incidents/:id/verification': ['lawyer', 'intake'],
    'POST /incidents/:id/case': ['intake'],
  },
  bodies: {
    'POST /incidents/:id/triage': { decision: 'accept' },
    'POST /incidents/:id/supplements': { narrative: { account: 'more' } },
    'POST /incidents/:id/verification': { grade: 'corroborated' },
    'POST /incidents/:id/case': { case_id: crypto.randomUUID() },
  },
}
