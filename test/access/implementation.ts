import { type AccessTable, casework, leaders } from './actors.ts'

const decision = { legal: { mechanism: 'CCPR-OP1', state: 'TJ', adopted_on: '2025-03-20', outcome: 'violation' } }
const measure = { legal: { remedy: 'compensate', level: 'individual' } }
const event = { legal: { event: 'state_reply', on: '2025-11-03' } }

export const implementationAccess: AccessTable = {
  routes: {
    'POST /cases/:id/decisions': leaders,
    'GET /cases/:id/decisions': casework,
    'PATCH /cases/:id/decisions/:decision_id': leaders,
    'POST /cases/:id/decisions/:decision_id/measures': leaders,
    'PATCH /cases/:id/decisions/:decision_id/measures/:measure_id': leaders,
    'POST /cases/:id/decisions/:decision_id/events': leaders,
    'PATCH /cases/:id/decisions/:decision_id/events/:event_id': leaders,
    'GET /cases/:id/decisions/:decision_id/follow-up': leaders,
    'GET /cases/:id/decisions/:decision_id/follow-up/check': leaders,
    'GET /implementation/board': casework,
  },
  bodies: {
    'POST /cases/:id/decisions': decision,
    'PATCH /cases/:id/decisions/:decision_id': decision,
    'POST /cases/:id/decisions/:decision_id/measures': measure,
    'PATCH /cases/:id/decisions/:decision_id/measures/:measure_id': measure,
    'POST /cases/:id/decisions/:decision_id/events': event,
    'PATCH /cases/:id/decisions/:decision_id/events/:event_id': event,
  },
}
