import { caseAtRest } from '../cases/service.ts'
import { PageQuery } from '../platform/database/page.ts'
import { nothing, type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { readUnitActs } from './acts.ts'
import * as examples from './examples.ts'
import { readPerpetrators, readReported } from './perpetrators.ts'
import { endPosting, readPostings, recordPosting } from './postings.ts'
import { notAPerpetrator, registerFull } from './problems.ts'
import {
  CasePath,
  NewPosting,
  Perpetrators,
  PostingPath,
  PostingReceipt,
  Postings,
  ReportedPerpetrators,
  UnitActs,
  UnitPath,
} from './schema.ts'

/** Alleged perpetrators over all that the reader can open, and where they served. */
export const registerRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/units/:id/acts',
    action: 'unit.list_acts',
    summary: 'All acts by a unit and by those below it, in the incidents of your cases',
    params: UnitPath,
    query: PageQuery,
    status: 200,
    reply: UnitActs,
    problems: [notFound],
    handle: (op, { params, query }) => readUnitActs(op, { id: params.id, ...query }),
  }),
  route({
    method: 'GET',
    url: '/perpetrators',
    action: 'perpetrator.list',
    summary: 'The alleged perpetrators of your cases, with the units in which they served',
    query: PageQuery,
    status: 200,
    reply: Perpetrators,
    handle: (op, { query }) => readPerpetrators(op, query),
  }),
  route({
    method: 'GET',
    url: '/perpetrators/reported',
    action: 'perpetrator.list_reported',
    summary: 'The alleged perpetrators of the reports that you can open, and whom they have become',
    query: PageQuery,
    status: 200,
    reply: ReportedPerpetrators,
    handle: (op, { query }) => readReported(op, query),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/postings',
    action: 'posting.record',
    summary: 'Say in which unit an alleged perpetrator of the case served',
    params: CasePath,
    body: NewPosting,
    creates: true,
    status: 201,
    reply: PostingReceipt,
    examples: { body: examples.posting },
    problems: [notFound, caseAtRest, registerFull, notAPerpetrator],
    handle: (op, { params, body }) => recordPosting(op, { ...body, case_id: params.id }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/postings',
    action: 'posting.list',
    summary: 'Where the alleged perpetrators of a case served',
    params: CasePath,
    status: 200,
    reply: Postings,
    problems: [notFound],
    handle: (op, { params }) => readPostings(op, params.id),
  }),
  route({
    method: 'DELETE',
    url: '/cases/:id/postings/:posting_id',
    action: 'posting.end',
    summary: 'Take back where somebody served',
    params: PostingPath,
    status: 204,
    reply: nothing,
    problems: [notFound, caseAtRest],
    handle: (op, { params }) => endPosting(op, { case_id: params.id, posting_id: params.posting_id }),
  }),
]
