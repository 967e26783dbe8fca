import { caseAtRest } from '../cases/service.ts'
import { nothing, type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { endRelation, linkPerson, readCasePersons, readRelations, relatePersons, unlinkPerson } from './links.ts'
import { alreadyInCase, caseFull, lastCase } from './problems.ts'
import {
  CasePath,
  CasePersons,
  LinkPath,
  LinkReceipt,
  NewLink,
  NewRelation,
  RelationPath,
  RelationReceipt,
  Relations,
} from './schema.ts'

/** The people of one case, and how they stand to each other. */
export const casePersonRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/persons',
    action: 'person.link',
    summary: 'Put a person of another case of yours into this one',
    params: CasePath,
    body: NewLink,
    creates: true,
    status: 201,
    reply: LinkReceipt,
    examples: { body: examples.link },
    problems: [notFound, caseAtRest, alreadyInCase, caseFull],
    handle: (op, { params, body }) => linkPerson(op, { ...body, case_id: params.id }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/persons',
    action: 'person.list_of_case',
    summary: 'Everybody in a case, and as what',
    params: CasePath,
    status: 200,
    reply: CasePersons,
    problems: [notFound],
    handle: (op, { params }) => readCasePersons(op, params.id),
  }),
  route({
    method: 'DELETE',
    url: '/cases/:id/persons/:person_id',
    action: 'person.unlink',
    summary: 'Take a person out of a case; the record moves to a new key',
    params: LinkPath,
    status: 204,
    reply: nothing,
    problems: [notFound, caseAtRest, lastCase],
    handle: (op, { params }) => unlinkPerson(op, { case_id: params.id, person_id: params.person_id }),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/relations',
    action: 'person.relate',
    summary: 'Say how two persons of a case stand to each other',
    params: CasePath,
    body: NewRelation,
    creates: true,
    status: 201,
    reply: RelationReceipt,
    examples: { body: examples.relation },
    problems: [notFound, caseAtRest, caseFull],
    handle: (op, { params, body }) => relatePersons(op, { ...body, case_id: params.id }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/relations',
    action: 'person.list_relations',
    summary: 'How the persons of a case stand to each other',
    params: CasePath,
    status: 200,
    reply: Relations,
    problems: [notFound],
    handle: (op, { params }) => readRelations(op, params.id),
  }),
  route({
    method: 'DELETE',
    url: '/cases/:id/relations/:relation_id',
    action: 'person.end_relation',
    summary: 'Take back what was said of two persons',
    params: RelationPath,
    status: 204,
    reply: nothing,
    problems: [notFound, caseAtRest],
    handle: (op, { params }) => endRelation(op, { case_id: params.id, relation_id: params.relation_id }),
  }),
]
