import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { Admissibility, CaseClaim, CasePath, ClaimReceipt, NewClaim } from './schema.ts'
import { type Filed, readAdmissibility, readClaim, writeClaim } from './service.ts'

const id = '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11'
const legal = {
  state: 'KZ',
  began: '2024-03',
  continues: 'no',
  articles: ['CCPR-7', 'CAT-12'],
  elsewhere: [{ body: 'WGAD_REGULAR', status: 'decided', same_matter: 'unclear', ended_on: '2025' }],
}
const rule = { file: 'acceptance', row: 'KZ-CAT-22', version: 1, certainty: 'medium', sources: ['S17'] }
const answer = {
  state: 'KZ',
  mechanism: 'CAT-22',
  kind: 'committee',
  name: 'Committee against Torture: Convention against Torture art. 22',
  status: 'open',
  days_left: null,
  last_day: null,
  certainty: 'low',
  reasons: [{ check: 'acceptance', code: 'accepted', effect: 'passes', day: '2008-02-21', rule }],
  override: null,
}

/** Which doors are open to a case, and why. `filed` tells what was filed of it from here. */
export const admissibilityRoutes = (filed: Filed): Route[] => [
  route({
    method: 'GET',
    url: '/cases/:id/admissibility',
    action: 'admissibility.read',
    summary: 'For a case, every mechanism: open, closing, closed or doubtful, and why, each reason with its source',
    params: CasePath,
    status: 200,
    reply: Admissibility,
    examples: { reply: { id, on: '2026-03-02', result: { answers: [answer], conflicts: [] } } },
    handle: (op, { params }) => readAdmissibility(op, filed, params.id),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/claim',
    action: 'claim.read',
    summary: 'What committees will ask of a case and its other records do not say',
    params: CasePath,
    status: 200,
    reply: CaseClaim,
    examples: { reply: { case_id: id, version: 1, legal } },
    handle: (op, { params }) => readClaim(op, params.id),
  }),
  route({
    method: 'PUT',
    url: '/cases/:id/claim',
    action: 'claim.write',
    summary: 'Write it; the first time over version 0',
    params: CasePath,
    body: NewClaim,
    changes: true,
    status: 200,
    reply: ClaimReceipt,
    examples: { body: { legal }, reply: { case_id: id, version: 2 } },
    problems: [caseAtRest, keyNotConfirmed],
    handle: (op, { params, body, version }) => writeClaim(op, { ...params, version, legal: body.legal }),
  }),
]
