import { type AccessTable, casework } from './actors.ts'

const somebody = 'c0ffee00-1111-4222-8333-444455556666'
const another = 'c0ffee00-1111-4222-8333-444455556667'
const identity = { names: [{ text: 'Invented Person' }] }

export const personsAccess: AccessTable = {
  routes: {
    'POST /persons': casework,
    'GET /persons': casework,
    'POST /persons/matches': casework,
    'POST /persons/sweep': casework,
    'GET /persons/:id': casework,
    'GET /persons/:id/matches': casework,
    'POST /persons/:id/distinctions': casework,
    'POST /persons/:id/merges': casework,
    'GET /persons/:id/merges': casework,
    'POST /persons/:id/merges/:merge_id/undo': casework,
    'PATCH /persons/:id': casework,
    'POST /cases/:id/persons': casework,
    'GET /cases/:id/persons': casework,
    'DELETE /cases/:id/persons/:person_id': casework,
    'POST /cases/:id/relations': casework,
    'GET /cases/:id/relations': casework,
    'DELETE /cases/:id/relations/:relation_id': casework,
    'GET /incidents/:id/parties': casework,
    'POST /cases/:id/persons/from-incident': casework,
  },
  bodies: {
    'POST /persons': { case_id: somebody, role: { roles: ['victim'] }, identity },
    'POST /persons/matches': { who: identity },
    'PATCH /persons/:id': { identity },
    'POST /persons/:id/distinctions': { person_id: somebody },
    'POST /persons/:id/merges': { merged_id: somebody },
    'POST /persons/:id/merges/:merge_id/undo': {},
    'POST /cases/:id/persons': { person_id: somebody, role: { roles: ['witness'] } },
    'POST /cases/:id/relations': { from_person_id: somebody, to_person_id: another, facts: { kind: 'parent' } },
    'POST /cases/:id/persons/from-incident': { incident_id: somebody, parties: [{ ref: 'v1' }] },
  },
}
