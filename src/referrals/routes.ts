import { z } from 'zod'
import { caseAtRest } from '../cases/service.ts'
import { PageQuery } from '../platform/database/page.ts'
import { nothing, type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notAllowed, notFound, staleVersion } from '../platform/kernel/problem.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import * as examples from './examples.ts'
import { changeReferral, makeReferral } from './make-referral.ts'
import { linkReferral, previewPackage, readPackage } from './packages.ts'
import { endReferral, moveReferral, noteSeen } from './move-referral.ts'
import { letterRoutes } from './routes-letter.ts'
import {
  alreadyShared,
  consentRequired,
  noSuchStep,
  notAccepted,
  notAsPreviewed,
  notShared,
  personNotInCase,
  referralEnded,
  tooManyReferrals,
  unknownRecipient,
} from './problems.ts'
import { readCaseReferrals, readReferral, readReferrals } from './read-referrals.ts'
import {
  CaseReferrals,
  NewReferral,
  Referral,
  ReferralChange,
  ReferralEnd,
  ReferralLink,
  ReferralMove,
  ReferralPage,
  ReferralQuery,
  ReferralReceipt,
} from './schema.ts'
import { PackageView } from './schema-package.ts'

const ofCase = z.strictObject({ id: idOf('cases') })
const ofReferral = z.strictObject({ id: idOf('referrals') })

const readingRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/cases/:id/referrals',
    action: 'referral.list',
    summary: 'The referrals of a case with their history, newest first',
    params: ofCase,
    query: PageQuery,
    status: 200,
    reply: CaseReferrals,
    handle: (op, { params, query }) => readCaseReferrals(op, { ...query, case_id: params.id }),
  }),
  route({
    method: 'GET',
    url: '/referrals',
    action: 'referral.list',
    summary: 'The referrals of your organisation, sent and received, newest first',
    query: ReferralQuery,
    status: 200,
    reply: ReferralPage,
    handle: (op, { query }) => readReferrals(op, query),
  }),
  route({
    method: 'GET',
    url: '/referrals/:id',
    action: 'referral.read',
    summary: 'A referral, its history, and where you can move it',
    params: ofReferral,
    status: 200,
    reply: Referral,
    handle: (op, { params }) => readReferral(op, params.id),
  }),
]

const packageRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/referrals/:id/preview',
    action: 'referral.preview',
    summary: 'Exactly what would be handed over if it were proposed now',
    params: ofReferral,
    status: 200,
    reply: PackageView,
    problems: [notFound, notAllowed, personNotInCase],
    handle: (op, { params }) => previewPackage(op, params.id),
  }),
  route({
    method: 'GET',
    url: '/referrals/:id/package',
    action: 'referral.read_package',
    summary: 'What was handed over to another organisation; there it is readable until the referral ends',
    params: ofReferral,
    status: 200,
    reply: PackageView,
    problems: [notFound, notAllowed],
    handle: (op, { params }) => readPackage(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/referrals/:id/link',
    action: 'referral.link',
    summary: 'Link a referral that you accepted to a case of yours, whose team then reads the package',
    params: ofReferral,
    body: ReferralLink,
    changes: true,
    status: 200,
    reply: ReferralReceipt,
    examples: { body: { case_id: '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11' } },
    problems: [notFound, notAllowed, caseAtRest, notAccepted, referralEnded, staleVersion],
    handle: (op, { params, body, version }) => linkReferral(op, { ...params, ...body, version }),
  }),
]

/** Sending people on for help, with their consent. */
export const referralRoutes: Route[] = [
  ...readingRoutes,
  ...packageRoutes,
  ...letterRoutes,
  route({
    method: 'POST',
    url: '/cases/:id/referrals',
    action: 'referral.create',
    summary: 'Draft a referral; nothing is shared yet',
    params: ofCase,
    body: NewReferral,
    creates: true,
    status: 201,
    reply: ReferralReceipt,
    examples: { body: examples.referral, reply: examples.receipt },
    problems: [notFound, caseAtRest, tooManyReferrals, unknownRecipient],
    handle: (op, { params, body }) => makeReferral(op, { case_id: params.id, referral: body }),
  }),
  route({
    method: 'PATCH',
    url: '/referrals/:id',
    action: 'referral.change',
    summary: 'Change a referral that was not proposed yet',
    params: ofReferral,
    body: ReferralChange,
    changes: true,
    status: 200,
    reply: ReferralReceipt,
    examples: { body: { answer_days: 7 } },
    problems: [notFound, notAllowed, caseAtRest, alreadyShared, staleVersion],
    handle: (op, { params, body, version }) => changeReferral(op, { ...params, version, change: body }),
  }),
  route({
    method: 'POST',
    url: '/referrals/:id/transitions',
    action: 'referral.move',
    summary: 'Move a referral one step; whatever shares needs a consent that holds now',
    params: ofReferral,
    body: ReferralMove,
    changes: true,
    status: 200,
    reply: ReferralReceipt,
    examples: { body: examples.decline },
    problems: [
      notFound,
      notAllowed,
      caseAtRest,
      consentRequired,
      keyNotConfirmed,
      noSuchStep,
      notAsPreviewed,
      personNotInCase,
      referralEnded,
      staleVersion,
    ],
    handle: (op, { params, body, version }) => moveReferral(op, { ...params, version, move: body }),
  }),
  route({
    method: 'POST',
    url: '/referrals/:id/end',
    action: 'referral.end',
    summary: 'End a referral that was proposed, for either side; access to what was shared ends with it',
    params: ofReferral,
    body: ReferralEnd,
    changes: true,
    status: 200,
    reply: ReferralReceipt,
    examples: { body: { said: { note: 'She found help herself.' } } },
    problems: [notFound, notAllowed, notShared, referralEnded, staleVersion],
    handle: (op, { params, body, version }) => endReferral(op, { ...params, version, end: body }),
  }),
  route({
    method: 'POST',
    url: '/referrals/:id/seen',
    action: 'referral.note_seen',
    summary: 'Say that your side has seen how a referral stands',
    params: ofReferral,
    status: 204,
    reply: nothing,
    problems: [notFound, notAllowed],
    handle: (op, { params }) => noteSeen(op, params.id),
  }),
]
