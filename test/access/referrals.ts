import { type AccessTable, casework } from './actors.ts'

export const referralsAccess: AccessTable = {
  routes: {
    'POST /cases/:id/referrals': casework,
    'GET /cases/:id/referrals': casework,
    'GET /referrals': casework,
    'GET /referrals/:id': casework,
    'PATCH /referrals/:id': casework,
    'POST /referrals/:id/transitions': casework,
    'POST /referrals/:id/end': casework,
    'POST /referrals/:id/seen': casework,
    'GET /referrals/:id/letter': casework,
    'GET /referrals/:id/preview': casework,
    'GET /referrals/:id/package': casework,
    'POST /referrals/:id/link': ['intake'],
  },
  bodies: {
    'POST /cases/:id/referrals': {
      to: { provider_id: crypto.randomUUID() },
      facts: { help: 'shelter' },
      narrative: { request: 'A place for a month.' },
    },
  },
}
