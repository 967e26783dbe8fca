import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import type { ProblemKind } from '../platform/kernel/problem.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { tooManySteps, unknownStep } from './problems.ts'
import { CasePath, Exhaustion, NewProceeding, ProceedingPath, ProceedingReceipt, Proceedings } from './schema.ts'
import { addProceeding, changeProceeding, type DaysChanged, readExhaustion, readProceedings } from './service.ts'

const id = '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11'
const receipt = {
  id: '0d9a4b6e-53f7-4d0c-8d2b-b8b0a3f4c6d5',
  case_id: id,
  version: 1,
  recorded_on: '2026-03-02',
}
const legal = {
  state: 'KZ',
  step_code: 'L6_APPEAL',
  authority: 'Regional court',
  filed_on: '2025-11-03',
  decided_on: '2025-12-01',
  served_on: '2025-12-09',
  result: 'rejected',
  effect: 'final',
}
const rule = {
  file: 'exhaustion_rules',
  row: 'KZ',
  version: 1,
  certainty: 'low',
  sources: ['domestic_ladder.json'],
}
const exhaustion = {
  id,
  on: '2026-03-02',
  states: [
    {
      state: 'KZ',
      status: 'exhausted',
      reasons: [{ code: 'final_step_decided', proceeding_id: receipt.id }],
      final_served_on: '2025-12-09',
      final_decided_on: '2025-12-01',
      rule,
    },
  ],
}

/** Who hears of days of a step that have changed, and how they may refuse them. */
type Followers = { readonly daysChanged: DaysChanged; readonly refusals: readonly ProblemKind[] }

/** The steps of a case before domestic authorities. */
export const proceedingRoutes = ({ daysChanged, refusals }: Followers): Route[] => [
  route({
    method: 'POST',
    url: '/cases/:id/proceedings',
    action: 'proceeding.add',
    summary: 'Record a step before a domestic authority',
    params: CasePath,
    body: NewProceeding,
    creates: true,
    status: 201,
    reply: ProceedingReceipt,
    examples: { body: { legal }, reply: receipt },
    problems: [caseAtRest, unknownStep, tooManySteps],
    handle: (op, { params, body }) => addProceeding(op, params.id, body.legal),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/proceedings',
    action: 'proceeding.list',
    summary: 'The steps of a case before domestic authorities',
    params: CasePath,
    status: 200,
    reply: Proceedings,
    examples: { reply: { items: [{ ...receipt, recorded_by: id, legal }] } },
    handle: (op, { params }) => readProceedings(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/proceedings/:proceeding_id',
    action: 'proceeding.change',
    summary: 'Replace what is known of a step; deadlines that run from its days are counted again',
    params: ProceedingPath,
    body: NewProceeding,
    changes: true,
    status: 200,
    reply: ProceedingReceipt,
    examples: { body: { legal }, reply: { ...receipt, version: 2 } },
    problems: [caseAtRest, unknownStep, keyNotConfirmed, ...refusals],
    handle: (op, { params, body, version }) =>
      changeProceeding(op, daysChanged, { ...params, version, legal: body.legal }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/exhaustion',
    action: 'proceeding.read_exhaustion',
    summary: 'Whether domestic remedies are exhausted, State by State, with the rule and how sure it is',
    params: CasePath,
    status: 200,
    reply: Exhaustion,
    examples: { reply: exhaustion },
    handle: (op, { params }) => readExhaustion(op, params.id),
  }),
]
