import { z } from 'zod'
import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { tooManyConsents } from './problems.ts'
import { ConsentEffects, ConsentReceipt, Consents, NewConsent } from './schema.ts'
import { type Dependant, readConsents, readEffects, recordConsent } from './service.ts'

const ofCasePath = z.strictObject({ id: idOf('cases') })
const ofConsent = z.strictObject({ id: idOf('cases'), consent_id: idOf('consents') })

/** What people allowed and forbade. `dependants` tell what waits on a consent. */
export const consentRoutes = (dependants: readonly Dependant[]): Route[] => [
  route({
    method: 'POST',
    url: '/cases/:id/consents',
    action: 'consent.record',
    summary: 'Record what somebody allowed, refused or withdrew; a withdrawal holds at once',
    params: ofCasePath,
    body: NewConsent,
    creates: true,
    status: 201,
    reply: ConsentReceipt,
    examples: { body: examples.consent },
    problems: [notFound, caseAtRest, tooManyConsents],
    handle: (op, { params, body }) => recordConsent(op, dependants, { ...params, consent: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/consents',
    action: 'consent.list',
    summary: 'The consents of a case: what holds now, and all that was said',
    params: ofCasePath,
    status: 200,
    reply: Consents,
    problems: [notFound],
    handle: (op, { params }) => readConsents(op, params.id),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/consents/:consent_id/effects',
    action: 'consent.list',
    summary: 'What this consent stops, as it stands now',
    params: ofConsent,
    status: 200,
    reply: ConsentEffects,
    problems: [notFound],
    handle: (op, { params }) => readEffects(op, dependants, params),
  }),
]
