import { type AccessTable, casework, handlers } from './actors.ts'

export const evidenceAccess: AccessTable = {
  routes: {
    'POST /uploads': handlers,
    'HEAD /uploads/:id': handlers,
    'PATCH /uploads/:id': handlers,
    'DELETE /uploads/:id': handlers,
    'POST /incidents/:id/files': handlers,
    'GET /incidents/:id/files': casework,
    'GET /incident-files/:id/content': casework,
    'POST /incident-files/:id/evidence': casework,
    'POST /cases/:id/evidence': casework,
    'GET /cases/:id/evidence': casework,
    'GET /evidence/:id': casework,
    'GET /evidence/:id/content': casework,
    'POST /evidence/:id/working-copies': casework,
    'POST /evidence/:id/custody': casework,
    'GET /evidence/:id/custody': casework,
  },
  bodies: {
    'POST /incidents/:id/files': {
      upload_id: crypto.randomUUID(),
      identity: { file_name: 'a' },
      narrative: {},
    },
    'POST /incident-files/:id/evidence': {
      identity: { file_name: 'a' },
      narrative: { how_obtained: 'b' },
      facts: { kind: 'photo', media: 'image/jpeg' },
    },
    'POST /cases/:id/evidence': {
      upload_id: crypto.randomUUID(),
      identity: { file_name: 'a' },
      narrative: { how_obtained: 'b' },
      facts: { kind: 'photo', media: 'image/jpeg' },
    },
  },
}
