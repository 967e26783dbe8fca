import { type AccessTable, casework } from './actors.ts'

const somebody = 'c0ffee00-1111-4222-8333-444455556666'

export const unitsAccess: AccessTable = {
  routes: {
    'POST /units': casework,
    'GET /units': casework,
    'GET /units/:id': casework,
    'PATCH /units/:id': casework,
    'GET /units/:id/acts': casework,
    'GET /perpetrators': casework,
    'GET /perpetrators/reported': casework,
    'POST /cases/:id/postings': casework,
    'GET /cases/:id/postings': casework,
    'DELETE /cases/:id/postings/:posting_id': casework,
  },
  bodies: {
    'PATCH /units/:id': { identity: { names: [{ text: 'Invented unit' }] } },
    'POST /cases/:id/postings': { facts: { unit_id: somebody, person_id: somebody } },
  },
}
