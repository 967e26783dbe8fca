import { z } from 'zod'
import { documentMedia } from '../platform/documents/render.ts'
import { download } from '../platform/http/download.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notAllowed, notFound } from '../platform/kernel/problem.ts'
import { makeLetter } from './letter.ts'
import { consentRequired, noLetter, personNotInCase, referralEnded } from './problems.ts'

const LetterQuery = z.strictObject({
  format: z.enum(['pdf', 'docx']).default('pdf'),
  language: z
    .enum(['en', 'ru', 'kk', 'ky', 'tg', 'uz', 'tk'])
    .default('ru')
    .meta({ description: 'Words that we are not sure of in a language stand in Russian, marked [ru]' }),
})

export const letterRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/referrals/:id/letter',
    action: 'referral.make_letter',
    summary: 'The letter to the provider; it needs a consent that holds now, and is an export in the audit trail',
    params: z.strictObject({ id: idOf('referrals') }),
    query: LetterQuery,
    status: 200,
    reply: download,
    downloads: Object.values(documentMedia),
    problems: [notFound, notAllowed, consentRequired, noLetter, personNotInCase, referralEnded],
    handle: (op, { params, query }) => makeLetter(op, { ...params, ...query }),
  }),
]
