import { download } from '../platform/http/download.ts'
import { nothing, type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { confirmErasure, withdrawErasure } from './decide.ts'
import * as examples from './examples.ts'
import { liftHold, placeHold, readHolds } from './holds.ts'
import type { ErasureParts } from './parts.ts'
import {
  caseAtWork,
  erasureDecided,
  erasurePending,
  holdLifted,
  inOtherCases,
  nothingToErase,
  onHold,
  stillWaiting,
} from './problems.ts'
import { proposeErasure } from './propose.ts'
import { exportRegister, readErasure, readErasures } from './read-erasures.ts'
import { changeRetention, readRetention } from './retention.ts'
import {
  CasePath,
  Erasure,
  ErasureHeading,
  ErasurePage,
  ErasurePath,
  ErasureQuery,
  Hold,
  HoldPath,
  Holds,
  NewErasure,
  NewHold,
  PersonPath,
  RetentionChange,
  RetentionRules,
} from './schema.ts'

const LINES = 'text/plain'

const keepingRoutes = [
  route({
    method: 'GET',
    url: '/retention',
    action: 'retention.read',
    summary: 'How long cases are kept that nobody works on any more, and how long an erasure waits',
    status: 200,
    reply: RetentionRules,
    examples: { reply: examples.rules },
    handle: (op) => readRetention(op),
  }),
  route({
    method: 'PUT',
    url: '/retention',
    action: 'retention.change',
    summary: 'Say how long cases are kept, by status; the calendar then proposes, and a person confirms',
    body: RetentionChange,
    changes: true,
    status: 200,
    reply: RetentionRules,
    examples: { body: { closed_days: 3650, declined_days: 365, waiting_days: 7 }, reply: examples.rules },
    handle: (op, { body, version }) => changeRetention(op, { version, change: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/holds',
    action: 'hold.list',
    summary: 'What forbids to erase a case, now and before',
    params: CasePath,
    status: 200,
    reply: Holds,
    examples: { reply: { items: [examples.hold] } },
    problems: [notFound],
    handle: (op, { params }) => readHolds(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/holds',
    action: 'hold.place',
    summary: 'Say that a case must be kept: it is not erased while this stands',
    params: CasePath,
    body: NewHold,
    creates: true,
    status: 201,
    reply: Hold,
    examples: { body: { reason: 'court_order' }, reply: examples.hold },
    problems: [notFound],
    handle: (op, { params, body }) => placeHold(op, { id: params.id, hold: body }),
  }),
  route({
    method: 'DELETE',
    url: '/cases/:id/holds/:hold_id',
    action: 'hold.lift',
    summary: 'Lift a hold; that it stood is kept',
    params: HoldPath,
    status: 204,
    reply: nothing,
    problems: [notFound, holdLifted],
    handle: (op, { params }) => liftHold(op, params),
  }),
]

const proposingRoutes = [
  route({
    method: 'POST',
    url: '/cases/:id/erasures',
    action: 'erasure.propose',
    summary: 'Propose to erase a case for good; somebody else confirms it once the days of waiting are over',
    params: CasePath,
    body: NewErasure,
    creates: true,
    status: 201,
    reply: ErasureHeading,
    examples: { body: { ground: 'wish_of_person' }, reply: examples.proposed },
    problems: [notFound, caseAtWork, onHold, erasurePending],
    handle: (op, { params, body }) => proposeErasure(op, { ...body, kind: 'case', id: params.id }),
  }),
  route({
    method: 'POST',
    url: '/persons/:id/erasures',
    action: 'erasure.propose',
    summary: 'Propose to forget who a person is; links to the case stay, as those of an erased person',
    params: PersonPath,
    body: NewErasure,
    creates: true,
    status: 201,
    reply: ErasureHeading,
    examples: { body: { ground: 'wish_of_person' } },
    problems: [notFound, inOtherCases, onHold, erasurePending],
    handle: (op, { params, body }) => proposeErasure(op, { ...body, kind: 'person', id: params.id }),
  }),
]

const readingRoutes = [
  route({
    method: 'GET',
    url: '/erasures',
    action: 'erasure.list',
    summary: 'What is proposed to be erased, what was, and what was taken back',
    query: ErasureQuery,
    status: 200,
    reply: ErasurePage,
    examples: { reply: { items: [examples.proposed], next: null } },
    handle: (op, { query }) => readErasures(op, query),
  }),
  route({
    method: 'GET',
    url: '/erasures/:id',
    action: 'erasure.read',
    summary: 'One erasure: what it destroys, what remains, and what it cannot reach',
    params: ErasurePath,
    status: 200,
    reply: Erasure,
    examples: { reply: examples.done },
    problems: [notFound],
    handle: (op, { params }) => readErasure(op, params.id),
  }),
]

/** Keeping and erasing. */
export const erasureRoutes = (parts: ErasureParts): Route[] => [
  ...keepingRoutes,
  ...proposingRoutes,
  ...readingRoutes,
  route({
    method: 'POST',
    url: '/erasures/:id/confirmation',
    action: 'erasure.confirm',
    summary:
      'Confirm an erasure that somebody else proposed: the keys are destroyed at once, and nobody brings them back',
    params: ErasurePath,
    changes: true,
    status: 204,
    reply: nothing,
    problems: [notFound, erasureDecided, stillWaiting, caseAtWork, onHold, inOtherCases, nothingToErase],
    handle: (op, { params, version }) => confirmErasure(op, parts, { ...params, version }),
  }),
  route({
    method: 'DELETE',
    url: '/erasures/:id',
    action: 'erasure.withdraw',
    summary: 'Take a proposal back',
    params: ErasurePath,
    changes: true,
    status: 204,
    reply: nothing,
    problems: [notFound, erasureDecided],
    handle: (op, { params, version }) => withdrawErasure(op, { ...params, version }),
  }),
  route({
    method: 'GET',
    url: '/erasure-register',
    action: 'erasure.read_register',
    summary: 'The register of erasures, signed line by line, to keep outside the database',
    status: 200,
    reply: download,
    downloads: [LINES],
    handle: async (op) => ({
      media: LINES,
      file: 'erasures.jsonl',
      content: Buffer.from(await exportRegister(op, parts)),
    }),
  }),
]
