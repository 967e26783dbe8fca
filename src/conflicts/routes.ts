import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { answerQuestions } from './answer.ts'
import { askedTooOften, nobodyToAskFor } from './problems.ts'
import { Answered, CasePath, CaseQuestions, QuestionReceipt, Questions } from './schema.ts'
import { askForConflicts, readCaseQuestions, readQuestions } from './service.ts'

/** Whether the organisation stands on two sides: asked for a case, answered by every other one for itself. */
export const conflictRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/conflict-questions',
    action: 'conflict.ask',
    summary: 'Ask all other cases of the organisation for a conflict of interest with this one',
    params: CasePath,
    creates: true,
    status: 201,
    reply: QuestionReceipt,
    problems: [notFound, caseAtRest, askedTooOften, nobodyToAskFor],
    handle: (op, { params }) => askForConflicts(op, params.id),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/conflict-questions',
    action: 'conflict.list',
    summary: 'What was asked for a case, and whether to talk to a coordinator',
    params: CasePath,
    status: 200,
    reply: CaseQuestions,
    problems: [notFound],
    handle: (op, { params }) => readCaseQuestions(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/conflict-answers',
    action: 'conflict.answer',
    summary: 'Answer what others ask, for your own cases; call it after signing in',
    status: 200,
    reply: Answered,
    handle: (op) => answerQuestions(op),
  }),
  route({
    method: 'GET',
    url: '/conflict-questions',
    action: 'conflict.oversee',
    summary: 'Who asked for a conflict of interest, and whom to talk to',
    status: 200,
    reply: Questions,
    handle: (op) => readQuestions(op),
  }),
]
