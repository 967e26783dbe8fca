import { documentMedia } from '../platform/documents/render.ts'
import { download } from '../platform/http/download.ts'
import { type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { checkDocument, makeDocument } from './document.ts'
import { ComplaintPath } from './schema.ts'
import { CheckQuery, DocumentChecked, DocumentQuery } from './schema-document.ts'

const check = {
  id: '0d9a4b6e-53f7-4d0c-8d2b-b8b0a3f4c6d5',
  check: {
    form: {
      file: 'submission_forms',
      row: 'WGEID',
      version: 1,
      certainty: 'low',
      sources: ['own knowledge of the form'],
    },
    missing: ['2. Complainant: Address for correspondence'],
    found: [{ code: 'annex_needs_translation', at: 'A3' }],
    words: 1840,
    annexes: 12,
    annex_pages: 96,
  },
}

/** A complaint as the document that goes to the body. */
export const complaintDocumentRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/cases/:id/complaints/:complaint_id/check',
    action: 'complaint.make_document',
    summary: 'What the document of a complaint lacks, what a secretariat would send back, and how sure its form is',
    params: ComplaintPath,
    query: CheckQuery,
    status: 200,
    reply: DocumentChecked,
    examples: { reply: check },
    problems: [notFound],
    handle: (op, { params, query }) => checkDocument(op, { ...params, ...query }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/complaints/:complaint_id/document',
    action: 'complaint.make_document',
    summary: 'The complaint in the order of the form of its body, to print or to work on; what is missing is marked',
    params: ComplaintPath,
    query: DocumentQuery,
    status: 200,
    reply: download,
    downloads: Object.values(documentMedia),
    problems: [notFound],
    handle: (op, { params, query }) => makeDocument(op, { ...params, ...query }),
  }),
]
