import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { addMeasure, changeEvent, changeMeasure, recordEvent } from './carry-out.ts'
import * as examples from './examples.ts'
import {
  beforeDecision,
  dayNotCome,
  decisionBeforeSubmission,
  notOfThisDecision,
  tooManyHere,
  unknownGrade,
  unknownMechanism,
} from './problems.ts'
import { readBoard } from './read-board.ts'
import { readDecisions } from './read-decisions.ts'
import {
  CasePath,
  DecisionChange,
  DecisionPath,
  DecisionReceipt,
  Decisions,
  EventChange,
  EventPath,
  EventReceipt,
  MeasurePath,
  MeasureReceipt,
  NewDecision,
  NewEvent,
  NewMeasure,
} from './schema.ts'
import { BoardQuery, Boards } from './schema-board.ts'
import { changeDecision, recordDecision } from './service.ts'

const orders = [caseAtRest, dayNotCome, decisionBeforeSubmission, notOfThisDecision, unknownMechanism]

const decisionRoutes = [
  route({
    method: 'POST',
    url: '/cases/:id/decisions',
    action: 'decision.record',
    summary: 'Record a decision of a committee, with what it found',
    params: CasePath,
    body: NewDecision,
    creates: true,
    status: 201,
    reply: DecisionReceipt,
    examples: { body: { legal: examples.decision }, reply: examples.receipt },
    problems: [...orders, tooManyHere],
    handle: (op, { params, body }) => recordDecision(op, params.id, body),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/decisions',
    action: 'decision.list',
    summary: 'The decisions of a case, what they ask, how it stands, and what is left to pay',
    params: CasePath,
    status: 200,
    reply: Decisions,
    examples: { reply: { items: [examples.whole] } },
    handle: (op, { params }) => readDecisions(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/decisions/:decision_id',
    action: 'decision.record',
    summary: 'Replace what is known of a decision; the day of the reply is counted again',
    params: DecisionPath,
    body: DecisionChange,
    changes: true,
    status: 200,
    reply: DecisionReceipt,
    examples: { body: { legal: examples.decision }, reply: { ...examples.receipt, version: 2 } },
    problems: [...orders, keyNotConfirmed],
    handle: (op, { params, body, version }) => changeDecision(op, { ...params, version, legal: body.legal }),
  }),
]

const eventOrders = [caseAtRest, beforeDecision, dayNotCome, notOfThisDecision, unknownGrade]

/** Decisions of committees and what becomes of them. */
export const implementationRoutes: Route[] = [
  ...decisionRoutes,
  route({
    method: 'POST',
    url: '/cases/:id/decisions/:decision_id/measures',
    action: 'decision.record',
    summary: 'Add what the decision asks of the State',
    params: DecisionPath,
    body: NewMeasure,
    creates: true,
    status: 201,
    reply: MeasureReceipt,
    examples: { body: { legal: examples.measure }, reply: examples.measureReceipt },
    problems: [caseAtRest, tooManyHere],
    handle: (op, { params, body }) => addMeasure(op, params, body.legal),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/decisions/:decision_id/measures/:measure_id',
    action: 'decision.record',
    summary: 'Replace what is written of a measure',
    params: MeasurePath,
    body: NewMeasure,
    changes: true,
    status: 200,
    reply: MeasureReceipt,
    examples: { body: { legal: examples.measure }, reply: { ...examples.measureReceipt, version: 2 } },
    problems: [caseAtRest, keyNotConfirmed],
    handle: (op, { params, body, version }) => changeMeasure(op, { ...params, version, legal: body.legal }),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/decisions/:decision_id/events',
    action: 'decision.record',
    summary: 'Record what was done of a measure, or of the decision as a whole',
    params: DecisionPath,
    body: NewEvent,
    creates: true,
    status: 201,
    reply: EventReceipt,
    examples: {
      body: { measure_id: examples.measureReceipt.id, legal: examples.event },
      reply: examples.eventReceipt,
    },
    problems: [...eventOrders, tooManyHere],
    handle: (op, { params, body }) => recordEvent(op, params, body),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/decisions/:decision_id/events/:event_id',
    action: 'decision.record',
    summary: 'Replace an event or make it void',
    params: EventPath,
    body: EventChange,
    changes: true,
    status: 200,
    reply: EventReceipt,
    examples: { body: { is_void: true }, reply: { ...examples.eventReceipt, is_void: true, version: 2 } },
    problems: [...eventOrders, keyNotConfirmed],
    handle: (op, { params, body, version }) => changeEvent(op, { ...params, version, change: body }),
  }),
  route({
    method: 'GET',
    url: '/implementation/board',
    action: 'board.read',
    summary: 'What was decided, asked, replied, done and paid: public decisions, and beside them those of my cases',
    query: BoardQuery,
    status: 200,
    reply: Boards,
    handle: (op, { query }) => readBoard(op, query),
  }),
]
