import { caseAtRest } from '../cases/service.ts'
import { download } from '../platform/http/download.ts'
import { nothing, type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { readAgenda } from './agenda.ts'
import { makeFeed, readFeed, revokeFeed } from './calendar.ts'
import * as examples from './examples.ts'
import { noTriggerDay, tooManyDeadlines, unknownRule } from './problems.ts'
import {
  Agenda,
  CasePath,
  DeadlineChange,
  DeadlinePath,
  DeadlineReceipt,
  Deadlines,
  Feed,
  FeedPath,
  NewDeadline,
} from './schema.ts'
import { addDeadline, changeDeadline, readDeadlines } from './service.ts'

const caseRoutes = [
  route({
    method: 'POST',
    url: '/cases/:id/deadlines',
    action: 'deadline.add',
    summary: 'Set a deadline, by a rule or by hand',
    params: CasePath,
    body: NewDeadline,
    creates: true,
    status: 201,
    reply: DeadlineReceipt,
    examples: { body: examples.newDeadline, reply: examples.receipt },
    problems: [caseAtRest, unknownRule, noTriggerDay, tooManyDeadlines],
    handle: (op, { params, body }) => addDeadline(op, params.id, body.deadline),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/deadlines',
    action: 'deadline.list',
    summary: 'The deadlines of a case, each with its rule, its version and what it was before',
    params: CasePath,
    status: 200,
    reply: Deadlines,
    examples: { reply: { items: [examples.deadline] } },
    handle: (op, { params }) => readDeadlines(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/deadlines/:deadline_id',
    action: 'deadline.change',
    summary: 'Mark a deadline as done, waived or open again, with a reason',
    params: DeadlinePath,
    body: DeadlineChange,
    changes: true,
    status: 200,
    reply: DeadlineReceipt,
    examples: { body: examples.change, reply: { ...examples.receipt, version: 2, status: 'done' } },
    problems: [caseAtRest, keyNotConfirmed],
    handle: (op, { params, body, version }) => changeDeadline(op, { ...params, version, change: body }),
  }),
]

/** Deadlines of a case, one's own agenda, and a calendar for other programs. */
export const deadlineRoutes: Route[] = [
  ...caseRoutes,
  route({
    method: 'GET',
    url: '/me/agenda',
    action: 'deadline.read_agenda',
    summary: 'The open deadlines of all my cases and my tasks that have a day, the most urgent first',
    status: 200,
    reply: Agenda,
    examples: { reply: { items: [{ ...examples.deadline, days_left: 6, urgency: 'week' }], tasks: [] } },
    handle: (op) => readAgenda(op),
  }),
  route({
    method: 'PUT',
    url: '/me/calendar',
    action: 'calendar.make',
    summary: 'Make an address for a calendar program; the one before ends',
    status: 200,
    reply: Feed,
    examples: { reply: { path: '/v1/calendar/pHc0S3nq1vZ4kq3b8yJt5uWm2eXo7rLa9dGfTiVwYzA.ics' } },
    handle: (op) => makeFeed(op),
  }),
  route({
    method: 'DELETE',
    url: '/me/calendar',
    action: 'calendar.revoke',
    summary: 'End the address of my calendar',
    status: 204,
    reply: nothing,
    handle: (op) => revokeFeed(op),
  }),
  route({
    method: 'GET',
    url: '/calendar/:file',
    action: 'calendar.read',
    summary: 'The days of whoever made this address: kinds of deadlines, no names',
    params: FeedPath,
    status: 200,
    reply: download,
    downloads: ['text/calendar'],
    problems: [notFound],
    handle: async (op, { params }) => ({
      media: 'text/calendar',
      content: Buffer.from(await readFeed(op, params.file)),
    }),
  }),
]
