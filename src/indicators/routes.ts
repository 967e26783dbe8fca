import { type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { IndicatorQuery, Indicators } from './schema.ts'
import { readIndicators } from './service.ts'

export const indicatorRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/indicators',
    action: 'indicator.read',
    summary: 'The donor indicators of your organisation in a period, unprotected, for your own eyes',
    query: IndicatorQuery,
    status: 200,
    reply: Indicators,
    problems: [notFound],
    handle: (op, { query }) => readIndicators(op, query),
  }),
]
