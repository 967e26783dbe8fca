import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { readParties } from './parties.ts'
import { caseFull, likelyKnown, partyNotAPerson } from './problems.ts'
import { CasePath } from './schema.ts'
import { IncidentPath, Parties, TakenOver, TakeOver } from './schema-parties.ts'
import { takeOverParties } from './take-over.ts'

/** From the parties of an incident to the persons of its case. */
export const partyRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/incidents/:id/parties',
    action: 'person.list_parties',
    summary: 'The parties of an incident, whom they have become, and the persons whom they may be',
    params: IncidentPath,
    status: 200,
    reply: Parties,
    problems: [notFound],
    handle: (op, { params }) => readParties(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/persons/from-incident',
    action: 'person.take_over',
    summary: 'Enter parties of a linked incident into its case, as new persons or as known ones',
    params: CasePath,
    body: TakeOver,
    creates: true,
    status: 201,
    reply: TakenOver,
    examples: { body: examples.takeOver },
    problems: [notFound, caseAtRest, caseFull, likelyKnown, partyNotAPerson],
    handle: (op, { params, body }) => takeOverParties(op, { ...body, case_id: params.id }),
  }),
]
