import { z } from 'zod'
import { caseAtRest } from '../cases/service.ts'
import { PageQuery } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notAllowed, notFound, staleVersion } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { notOpen } from './problems.ts'
import { NewUrgentRequest, UrgentAnswer, UrgentPage, UrgentQuery, UrgentReceipt, UrgentRequest } from './schema.ts'
import { answerUrgent, askUrgently, readCaseUrgent, readUrgent, readUrgents, withdrawUrgent } from './service.ts'

const ofCase = z.strictObject({ id: idOf('cases') })
const ofRequest = z.strictObject({ id: idOf('urgent_requests') })

/** Help that cannot wait. */
export const urgentRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/urgent-requests',
    action: 'urgent.ask',
    summary:
      'Ask the coordinators for relocation, medical or security help, with the hours in which an answer is needed',
    params: ofCase,
    body: NewUrgentRequest,
    creates: true,
    status: 201,
    reply: UrgentReceipt,
    examples: { body: examples.request },
    problems: [notFound, caseAtRest],
    handle: (op, { params, body }) => askUrgently(op, { case_id: params.id, request: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/urgent-requests',
    action: 'urgent.list',
    summary: 'The urgent requests of a case, newest first',
    params: ofCase,
    query: PageQuery,
    status: 200,
    reply: UrgentPage,
    handle: (op, { params, query }) => readCaseUrgent(op, { ...query, case_id: params.id }),
  }),
  route({
    method: 'GET',
    url: '/urgent-requests',
    action: 'urgent.list',
    summary: 'The urgent requests of your cases; for a coordinator those of the organisation',
    query: UrgentQuery,
    status: 200,
    reply: UrgentPage,
    handle: (op, { query }) => readUrgents(op, query),
  }),
  route({
    method: 'GET',
    url: '/urgent-requests/:id',
    action: 'urgent.read',
    summary: 'An urgent request; that you opened it is written down for all who see it',
    params: ofRequest,
    status: 200,
    reply: UrgentRequest,
    handle: (op, { params }) => readUrgent(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/urgent-requests/:id/answer',
    action: 'urgent.answer',
    summary: 'Answer an urgent request',
    params: ofRequest,
    body: UrgentAnswer,
    changes: true,
    status: 200,
    reply: UrgentReceipt,
    examples: { body: examples.answer },
    problems: [notFound, notOpen, staleVersion],
    handle: (op, { params, body, version }) => answerUrgent(op, { ...params, version, said: body }),
  }),
  route({
    method: 'POST',
    url: '/urgent-requests/:id/withdraw',
    action: 'urgent.withdraw',
    summary: 'Take back a request that is no longer needed',
    params: ofRequest,
    changes: true,
    status: 200,
    reply: UrgentReceipt,
    problems: [notFound, notAllowed, notOpen, staleVersion],
    handle: (op, { params, version }) => withdrawUrgent(op, { ...params, version }),
  }),
]
