import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import * as examples from './examples.ts'
import {
  filingBeforeFacts,
  mechanismIsFixed,
  notOfThisCase,
  tooManyComplaints,
  twoCommittees,
  unknownMechanism,
} from './problems.ts'
import {
  CasePath,
  Complaint,
  ComplaintChange,
  ComplaintPath,
  ComplaintReceipt,
  Complaints,
  NewComplaint,
} from './schema.ts'
import { changeComplaint, openComplaint, readComplaint, readComplaints } from './service.ts'

const FORM_BYTES = 2 * 1024 * 1024

/** Complaints to international bodies. */
export const complaintRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/complaints',
    action: 'complaint.open',
    summary: 'Begin a complaint to one body',
    params: CasePath,
    body: NewComplaint,
    body_max_bytes: FORM_BYTES,
    creates: true,
    status: 201,
    reply: ComplaintReceipt,
    examples: { body: examples.newComplaint, reply: examples.receipt },
    problems: [caseAtRest, twoCommittees, unknownMechanism, notOfThisCase, tooManyComplaints],
    handle: (op, { params, body }) => openComplaint(op, params.id, body),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/complaints',
    action: 'complaint.list',
    summary: 'The complaints of a case, with their steps, days and letters',
    params: CasePath,
    status: 200,
    reply: Complaints,
    examples: { reply: { items: [examples.complaint] } },
    handle: (op, { params }) => readComplaints(op, params.id),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/complaints/:complaint_id',
    action: 'complaint.list',
    summary: 'One complaint, and what may follow',
    params: ComplaintPath,
    status: 200,
    reply: Complaint,
    examples: { reply: examples.complaint },
    handle: (op, { params }) => readComplaint(op, params),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/complaints/:complaint_id',
    action: 'complaint.change',
    summary: 'Replace what is written of a complaint, class by class',
    params: ComplaintPath,
    body: ComplaintChange,
    body_max_bytes: FORM_BYTES,
    changes: true,
    status: 200,
    reply: ComplaintReceipt,
    examples: { body: { legal: examples.newComplaint.legal }, reply: { ...examples.receipt, version: 2 } },
    problems: [
      caseAtRest,
      twoCommittees,
      unknownMechanism,
      notOfThisCase,
      mechanismIsFixed,
      filingBeforeFacts,
      keyNotConfirmed,
    ],
    handle: (op, { params, body, version }) => changeComplaint(op, { ...params, version, change: body }),
  }),
]
