import { type AccessTable, casework } from './actors.ts'

export const findingsAccess: AccessTable = {
  routes: {
    'POST /cases/:id/findings': casework,
    'GET /cases/:id/findings': casework,
    'PATCH /cases/:id/findings/:finding_id': casework,
    'POST /cases/:id/examinations': casework,
    'GET /cases/:id/examinations': casework,
    'PATCH /cases/:id/examinations/:examination_id': casework,
    'GET /cases/:id/medical-report': ['lawyer', 'clinician', 'intake'],
  },
  bodies: {
    'POST /cases/:id/findings': { facts: { sort: 'psychological' }, narrative: { description: 'Sleeps badly.' } },
    'PATCH /cases/:id/findings/:finding_id': { narrative: { description: 'Sleeps badly.' } },
    'POST /cases/:id/examinations': { facts: {} },
    'PATCH /cases/:id/examinations/:examination_id': { facts: {} },
  },
}
