import { documentMedia } from '../platform/documents/render.ts'
import { download } from '../platform/http/download.ts'
import { type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { receipt } from './examples.ts'
import { checkFollowUp, makeFollowUp } from './follow-up.ts'
import { DecisionPath, FollowUpChecked, FollowUpCheckQuery, FollowUpQuery } from './schema.ts'

const checked = { id: receipt.id, check: { missing: ['1. Decision: Transmitted to the State'] } }

/** What is sent to the committee on the carrying out of a decision. */
export const followUpRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/cases/:id/decisions/:decision_id/follow-up/check',
    action: 'decision.make_follow_up',
    summary: 'What the follow-up submission on a decision lacks',
    params: DecisionPath,
    query: FollowUpCheckQuery,
    status: 200,
    reply: FollowUpChecked,
    examples: { reply: checked },
    problems: [notFound],
    handle: (op, { params, query }) => checkFollowUp(op, { ...params, ...query }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/decisions/:decision_id/follow-up',
    action: 'decision.make_follow_up',
    summary: 'The follow-up submission: what was ordered, what was done by its days, what is left to pay and to ask',
    params: DecisionPath,
    query: FollowUpQuery,
    status: 200,
    reply: download,
    downloads: Object.values(documentMedia),
    problems: [notFound],
    handle: (op, { params, query }) => makeFollowUp(op, { ...params, ...query }),
  }),
]
