import { z } from 'zod'
import { PageQuery } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import { caseAtRest } from '../cases/service.ts'
import * as examples from './examples.ts'
import { alreadyVoid, notYetDelivered, unknownReference } from './problems.ts'
import {
  BudgetLineReceipt,
  NewBudgetLine,
  NewService,
  Service,
  ServicePage,
  ServiceReceipt,
  Spending,
  Voiding,
} from './schema.ts'
import { readServices, recordService, voidService } from './service.ts'
import { addBudgetLine, readSpending } from './spending.ts'

const ofCase = z.strictObject({ id: idOf('cases') })
const ofService = ofCase.extend({ service_id: idOf('services_delivered') })
const ofProgramme = z.strictObject({ id: idOf('programmes') })

/** What is done for victims, and what it costs. */
export const assistanceRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/services',
    action: 'service.record',
    summary: 'Record a service that was delivered',
    params: ofCase,
    body: NewService,
    creates: true,
    status: 201,
    reply: ServiceReceipt,
    examples: { body: examples.service },
    problems: [notFound, caseAtRest, notYetDelivered, unknownReference],
    handle: (op, { params, body }) => recordService(op, { case_id: params.id, service: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/services',
    action: 'service.list',
    summary: 'The services delivered on a case, newest first',
    params: ofCase,
    query: PageQuery,
    status: 200,
    reply: ServicePage,
    handle: (op, { params, query }) => readServices(op, { ...query, case_id: params.id }),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/services/:service_id/void',
    action: 'service.void',
    summary: 'Declare an entry void, with the reason; it no longer counts',
    params: ofService,
    body: Voiding,
    changes: true,
    status: 200,
    reply: Service,
    examples: { body: { reason: 'Entered twice.' } },
    problems: [notFound, caseAtRest, alreadyVoid, staleVersion],
    handle: (op, { params, body, version }) =>
      voidService(op, { case_id: params.id, id: params.service_id, version, voiding: body }),
  }),
  route({
    method: 'POST',
    url: '/programmes/:id/budget-lines',
    action: 'budget.add',
    summary: 'Add a line to the budget of a programme',
    params: ofProgramme,
    body: NewBudgetLine,
    creates: true,
    status: 201,
    reply: BudgetLineReceipt,
    examples: { body: examples.budgetLine },
    problems: [notFound],
    handle: (op, { params, body }) => addBudgetLine(op, { ...body, programme_id: params.id }),
  }),
  route({
    method: 'GET',
    url: '/programmes/:id/spending',
    action: 'spending.read',
    summary: 'What of each budget line of a programme is spent and left',
    params: ofProgramme,
    status: 200,
    reply: Spending,
    problems: [notFound],
    handle: (op, { params }) => readSpending(op, params.id),
  }),
]
