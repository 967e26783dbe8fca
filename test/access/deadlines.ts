import { type AccessTable, anyone, casework } from './actors.ts'

export const deadlinesAccess: AccessTable = {
  routes: {
    'POST /cases/:id/deadlines': casework,
    'GET /cases/:id/deadlines': casework,
    'PATCH /cases/:id/deadlines/:deadline_id': casework,
    'GET /me/agenda': casework,
    'PUT /me/calendar': casework,
    'DELETE /me/calendar': casework,
    'GET /me/reminders': casework,
    'PUT /me/reminders': casework,
    'DELETE /me/reminders': casework,
    'GET /calendar/:file': anyone,
  },
  bodies: {
    'POST /cases/:id/deadlines': {
      deadline: { by: 'hand', kind: 'other', due_on: '2030-01-01', zone: 'Asia/Almaty' },
    },
    'PUT /me/reminders': { address: 'blue.kettle.41@example.org' },
    'PATCH /cases/:id/deadlines/:deadline_id': { status: 'done', told: { reason: 'Filed.' } },
  },
}
