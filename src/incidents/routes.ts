import { z } from 'zod'
import { route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import * as examples from './examples.ts'
import { linkIncident } from './link-incident.ts'
import { readIncidents } from './list-incidents.ts'
import { alreadyLinked, caseNotAvailable, notInStatus, supplementsFull } from './problems.ts'
import { readIncident } from './read-incident.ts'
import { BatchOutcome, ReportBatch } from './schema-batch.ts'
import {
  CaseLink,
  Incident,
  IncidentPage,
  IncidentQuery,
  IncidentReceipt,
  IncidentState,
  NewSupplement,
  NewVerification,
  SupplementReceipt,
  Triage,
} from './schema-replies.ts'
import { IncidentReport } from './schema-report.ts'
import { submitBatch } from './submit-batch.ts'
import { submitIncident } from './submit-incident.ts'
import { supplementIncident } from './supplement-incident.ts'
import { triageIncident } from './triage-incident.ts'
import { verifyIncident } from './verify-incident.ts'

const BATCH_BYTES_MAX = 8 * 1024 * 1024

const ofIncident = z.strictObject({ id: idOf('incidents') })

export const incidentRoutes = [
  route({
    method: 'POST',
    url: '/incidents',
    action: 'incident.submit',
    summary: 'Submit an incident; the intake can read it, its author cannot',
    body: IncidentReport,
    creates: true,
    status: 201,
    reply: IncidentReceipt,
    examples: { body: examples.submission, reply: examples.receipt },
    handle: (op, { body }) => submitIncident(op, body),
  }),
  route({
    method: 'POST',
    url: '/incidents/batch',
    action: 'incident.submit',
    summary: 'Submit up to a hundred incidents, each with an outcome of its own',
    body: ReportBatch,
    body_max_bytes: BATCH_BYTES_MAX,
    status: 200,
    reply: BatchOutcome,
    examples: { body: examples.batch, reply: examples.batchOutcome },
    handle: (op, { body }) => submitBatch(op, body),
  }),
  route({
    method: 'GET',
    url: '/incidents',
    action: 'incident.list',
    summary:
      'List incidents; filters on coded facts match what your keys open, so a page may be short and still have a next',
    query: IncidentQuery,
    status: 200,
    reply: IncidentPage,
    examples: { reply: examples.page },
    handle: (op, { query }) => readIncidents(op, query),
  }),
  route({
    method: 'GET',
    url: '/incidents/:id',
    action: 'incident.read',
    summary: 'Read an incident, as far as your keys open it',
    params: ofIncident,
    status: 200,
    reply: Incident,
    examples: { reply: examples.incident },
    handle: (op, { params }) => readIncident(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/incidents/:id/triage',
    action: 'incident.triage',
    summary: 'Accept a report, return it with a question, or reject it with a reason',
    params: ofIncident,
    body: Triage,
    changes: true,
    status: 200,
    reply: IncidentState,
    examples: { body: examples.acceptance, reply: examples.state },
    problems: [notInStatus, caseNotAvailable],
    handle: (op, { params, version, body }) => triageIncident(op, { ...params, version, triage: body }),
  }),
  route({
    method: 'POST',
    url: '/incidents/:id/supplements',
    action: 'incident.supplement',
    summary: 'Add to a report of your own',
    params: ofIncident,
    body: NewSupplement,
    creates: true,
    status: 201,
    reply: SupplementReceipt,
    examples: { body: examples.supplement, reply: examples.supplementReceipt },
    problems: [notInStatus, supplementsFull],
    handle: (op, { params, body }) => supplementIncident(op, params.id, body),
  }),
  route({
    method: 'POST',
    url: '/incidents/:id/verification',
    action: 'incident.verify',
    summary: 'Grade how far an incident is verified',
    params: ofIncident,
    body: NewVerification,
    changes: true,
    status: 200,
    reply: IncidentState,
    examples: { body: examples.grading, reply: { ...examples.state, case_id: null } },
    problems: [notInStatus],
    handle: (op, { params, version, body }) => verifyIncident(op, { ...params, version, verification: body }),
  }),
  route({
    method: 'POST',
    url: '/incidents/:id/case',
    action: 'incident.link',
    summary: 'Link an accepted incident to a case; its team can read it from then on, and the intake no longer',
    params: ofIncident,
    body: CaseLink,
    changes: true,
    status: 200,
    reply: IncidentState,
    examples: { body: examples.link, reply: examples.state },
    problems: [notInStatus, alreadyLinked, caseNotAvailable],
    handle: (op, { params, version, body }) => linkIncident(op, { ...params, version, case_id: body.case_id }),
  }),
]
