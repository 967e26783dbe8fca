import { z } from 'zod'
import { documentMedia } from '../platform/documents/render.ts'
import { download } from '../platform/http/download.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { noExamination, storingNotAllowed, tooLongForReport } from './problems.ts'
import { makeReport } from './report.ts'

const Wanted = z.strictObject({
  examination_id: idOf('examinations').optional().meta({ description: 'Absent: a report of each examination' }),
  format: z.enum(['pdf', 'docx']).default('pdf'),
  language: z.enum(['en', 'ru']).default('en'),
})

/** What clinicians found, as the document that a court or a committee expects. */
export const reportRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/cases/:id/medical-report',
    action: 'medical_report.make',
    summary: 'The medico-legal report of a case, in the order of the Istanbul Protocol',
    params: z.strictObject({ id: idOf('cases') }),
    query: Wanted,
    status: 200,
    reply: download,
    downloads: Object.values(documentMedia),
    problems: [notFound, noExamination, storingNotAllowed, tooLongForReport],
    handle: (op, { params, query }) => makeReport(op, { ...query, case_id: params.id }),
  }),
]
