import { type AccessTable, everyone } from './actors.ts'

const content = { code: 'L20_OTHER', name: 'Another step' }

export const referenceAccess: AccessTable = {
  routes: {
    'GET /reference/:file': everyone,
    'POST /reference/:file': ['administrator'],
    'PUT /reference/:file/:row': ['administrator'],
    'GET /mechanisms': everyone,
    'GET /acceptance': everyone,
    'GET /decisions': everyone,
  },
  bodies: {
    'POST /reference/:file': { row: 'L20_OTHER', content, valid_from: '2026-01-01' },
    'PUT /reference/:file/:row': { content, valid_from: '2026-01-01' },
  },
}
