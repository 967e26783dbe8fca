import { type AccessTable, casework } from './actors.ts'

export const papersAccess: AccessTable = {
  routes: {
    'POST /cases/:id/papers': casework,
    'GET /cases/:id/papers': casework,
    'PATCH /cases/:id/papers/:paper_id': casework,
    'GET /tasks': casework,
  },
  bodies: {
    'POST /cases/:id/papers': { kind: 'note', narrative: { text: 'A note' } },
    'PATCH /cases/:id/papers/:paper_id': { is_done: true },
  },
}
