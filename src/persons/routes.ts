import { caseAtRest } from '../cases/service.ts'
import { PageQuery } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { readMatches } from './match.ts'
import { caseFull, likelyKnown } from './problems.ts'
import {
  Matches,
  NameSearch,
  NewPerson,
  Person,
  PersonChange,
  PersonPage,
  PersonPath,
  PersonReceipt,
  Swept,
} from './schema.ts'
import { sweepNames } from './search.ts'
import { changePerson, createPerson, readPerson, readPersons } from './service.ts'

/** Persons over all the cases of whoever asks. */
export const personRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/persons',
    action: 'person.create',
    summary: 'Enter a person into a case, after a look at those with a like name',
    body: NewPerson,
    creates: true,
    status: 201,
    reply: PersonReceipt,
    examples: { body: examples.newPerson },
    problems: [notFound, caseAtRest, caseFull, likelyKnown],
    handle: (op, { body }) => createPerson(op, body),
  }),
  route({
    method: 'GET',
    url: '/persons',
    action: 'person.list',
    summary: 'The persons of your cases, newest first',
    query: PageQuery,
    status: 200,
    reply: PersonPage,
    handle: (op, { query }) => readPersons(op, query),
  }),
  route({
    method: 'POST',
    url: '/persons/matches',
    action: 'person.match',
    summary: 'Search the persons of your cases by name, in any script and spelling',
    body: NameSearch,
    status: 200,
    reply: Matches,
    examples: { body: examples.search },
    handle: (op, { body }) => readMatches(op, body),
  }),
  route({
    method: 'POST',
    url: '/persons/sweep',
    action: 'person.sweep',
    summary: 'Bring the search of very many names up to date for your cases; call it after signing in',
    status: 200,
    reply: Swept,
    handle: (op) => sweepNames(op),
  }),
  route({
    method: 'GET',
    url: '/persons/:id',
    action: 'person.read',
    summary: 'A person',
    params: PersonPath,
    status: 200,
    reply: Person,
    problems: [notFound],
    handle: (op, { params }) => readPerson(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/persons/:id',
    action: 'person.change',
    summary: 'Change who a person is',
    params: PersonPath,
    body: PersonChange,
    changes: true,
    status: 200,
    reply: Person,
    examples: { body: { identity: examples.newPerson.identity } },
    problems: [notFound, staleVersion],
    handle: (op, { params, body, version }) => changePerson(op, { id: params.id, version, change: body }),
  }),
]
