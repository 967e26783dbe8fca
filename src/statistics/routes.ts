import { type Route, route } from '../platform/http/route.ts'
import { ExportReply, ExportRequest } from './schema.ts'
import { exportStatistics } from './service.ts'

const body = { population: 'victims', dimensions: ['violation', 'country', 'year'], from: '2020', to: '2025' }

export const statisticsRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/statistics/exports',
    action: 'statistics.export',
    summary: 'Count victims by violation, country and year, with small counts hidden so that no sum gives them back',
    body: ExportRequest,
    status: 200,
    reply: ExportReply,
    media: 'text/csv',
    examples: { body, reply: '# Unit: victims.\nviolation,country,year,victims\ntotal,total,2024,37\n' },
    handle: (op, input) => exportStatistics(op, input.body),
  }),
]
