import { caseAtRest } from '../cases/service.ts'
import { download } from '../platform/http/download.ts'
import { type Route, route } from '../platform/http/route.ts'
import { noteHandling, readCustody } from './custody.ts'
import * as examples from './examples.ts'
import type { EvidenceParts } from './parts.ts'
import { noWorkingCopy, rangeOutside, somethingFound, storageFull, storeAway, uploadUnfinished } from './problems.ts'
import { downloadEvidence, readCaseEvidence, readEvidence } from './read-evidence.ts'
import { receiveEvidence } from './receive-evidence.ts'
import { reportFileRoutes } from './routes-report-files.ts'
import { uploadRoutes } from './routes-uploads.ts'
import {
  CaseEvidencePath,
  ContentQuery,
  CustodyChain,
  CustodyReceipt,
  Evidence,
  EvidencePage,
  EvidencePath,
  EvidenceQuery,
  EvidenceReceipt,
  NewCustody,
  NewEvidence,
} from './schema.ts'
import { makeWorkingCopy } from './working-copy.ts'

const custodyRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/evidence/:id/custody',
    action: 'custody.note',
    summary: 'Note that an item was copied, exported or handed over',
    params: EvidencePath,
    body: NewCustody,
    creates: true,
    status: 201,
    reply: CustodyReceipt,
    examples: { body: examples.handling, reply: examples.noted },
    problems: [caseAtRest],
    handle: (op, { params, body }) => noteHandling(op, params.id, body),
  }),
  route({
    method: 'GET',
    url: '/evidence/:id/custody',
    action: 'custody.read',
    summary: 'Read the chain of custody of an item',
    params: EvidencePath,
    status: 200,
    reply: CustodyChain,
    examples: { reply: examples.chain },
    handle: (op, { params }) => readCustody(op, params.id),
  }),
]

const itemRoutes = (parts: EvidenceParts): Route[] => [
  route({
    method: 'POST',
    url: '/cases/:id/evidence',
    action: 'evidence.receive',
    summary: 'Make a finished upload an item of evidence of a case',
    params: CaseEvidencePath,
    body: NewEvidence,
    creates: true,
    status: 201,
    reply: EvidenceReceipt,
    examples: { body: examples.newEvidence, reply: examples.receipt },
    problems: [uploadUnfinished, caseAtRest],
    handle: (op, { params, body }) => receiveEvidence(op, params.id, body),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/evidence',
    action: 'evidence.list',
    summary: 'List the evidence of a case, newest first',
    params: CaseEvidencePath,
    query: EvidenceQuery,
    status: 200,
    reply: EvidencePage,
    examples: { reply: { items: [examples.item], next: null } },
    handle: (op, { params, query }) => readCaseEvidence(op, params.id, query),
  }),
  route({
    method: 'GET',
    url: '/evidence/:id',
    action: 'evidence.read',
    summary: 'Read what is known of an item of evidence',
    params: EvidencePath,
    status: 200,
    reply: Evidence,
    examples: { reply: examples.item },
    handle: (op, { params }) => readEvidence(op, params.id),
  }),
  route({
    method: 'GET',
    url: '/evidence/:id/content',
    action: 'evidence.download',
    summary: 'Download the file of an item, or the part of it that Range names',
    params: EvidencePath,
    query: ContentQuery,
    status: 200,
    reply: download,
    downloads: ['application/octet-stream'],
    problems: [rangeOutside, somethingFound, storeAway],
    handle: (op, { params, query, range }) => downloadEvidence(op, parts, { ...params, ...query, range }),
  }),
]

const copyRoutes = (parts: EvidenceParts): Route[] => [
  route({
    method: 'POST',
    url: '/evidence/:id/working-copies',
    action: 'evidence.derive',
    summary: 'Make a copy of a picture without its metadata, or find the one that was made',
    params: EvidencePath,
    status: 201,
    reply: EvidenceReceipt,
    examples: { reply: { ...examples.receipt, id: examples.receipt.case_id, derived_from: examples.receipt.id } },
    problems: [noWorkingCopy, somethingFound, storageFull, storeAway, caseAtRest],
    handle: (op, { params }) => makeWorkingCopy(op, parts, params.id),
  }),
]

export const evidenceRoutes = (parts: EvidenceParts): Route[] => [
  ...uploadRoutes(parts),
  ...reportFileRoutes(parts),
  ...itemRoutes(parts),
  ...copyRoutes(parts),
  ...custodyRoutes,
]
