import { type AccessTable, casework } from './actors.ts'

export const evidenceAccess: AccessTable = {
  routes: {
    'POST /uploads': casework,
    'HEAD /uploads/:id': casework,
    'PATCH /uploads/:id': casework,
    'DELETE /uploads/:id': casework,
    'POST /cases/:id/evidence': casework,
    'GET /cases/:id/evidence': casework,
    'GET /evidence/:id': casework,
    'GET /evidence/:id/content': casework,
    'POST /evidence/:id/working-copies': casework,
    'POST /evidence/:id/custody': casework,
    'GET /evidence/:id/custody': casework,
  },
  bodies: {
    'POST /cases/:id/evidence': {
      upload_id: crypto.randomUUID(),
      identity: { file_name: 'a' },
      narrative: { how_obtained: 'b' },
      facts: { kind: 'photo', media: 'image/jpeg' },
    },
  },
}
