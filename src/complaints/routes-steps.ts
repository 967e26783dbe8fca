import { caseAtRest } from '../cases/service.ts'
import { type Route, route } from '../platform/http/route.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import * as examples from './examples.ts'
import { changeLetter, logLetter } from './letters.ts'
import {
  cannotBeJoined,
  consentMissing,
  dayNotCome,
  decisionBeforeSubmission,
  filingBeforeFacts,
  notOfThisCase,
  stepOutOfOrder,
  tooManyComplaints,
  twoCommittees,
} from './problems.ts'
import { changeStep, recordStep } from './record-step.ts'
import {
  ComplaintPath,
  LetterPath,
  LetterReceipt,
  NewLetter,
  NewStep,
  StepChange,
  StepPath,
  StepReceipt,
} from './schema.ts'

const orders = [
  caseAtRest,
  stepOutOfOrder,
  dayNotCome,
  filingBeforeFacts,
  decisionBeforeSubmission,
  consentMissing,
  cannotBeJoined,
  twoCommittees,
  notOfThisCase,
]

/** What happens to a complaint, and its letters. */
export const complaintStepRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/complaints/:complaint_id/steps',
    action: 'complaint.record',
    summary: 'Record what happened to a complaint, filing among it; its deadlines follow',
    params: ComplaintPath,
    body: NewStep,
    creates: true,
    status: 201,
    reply: StepReceipt,
    examples: { body: { legal: examples.step }, reply: examples.stepReceipt },
    problems: [...orders, tooManyComplaints],
    handle: (op, { params, body }) => recordStep(op, params, body.legal),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/complaints/:complaint_id/steps/:step_id',
    action: 'complaint.record',
    summary: 'Replace a step or make it void; deadlines that run from it are counted again',
    params: StepPath,
    body: StepChange,
    changes: true,
    status: 200,
    reply: StepReceipt,
    examples: { body: { legal: examples.step }, reply: { ...examples.stepReceipt, version: 2 } },
    problems: [...orders, keyNotConfirmed],
    handle: (op, { params, body, version }) => changeStep(op, { ...params, version, change: body }),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/complaints/:complaint_id/letters',
    action: 'complaint.record',
    summary: 'Put a letter into the log',
    params: ComplaintPath,
    body: NewLetter,
    creates: true,
    status: 201,
    reply: LetterReceipt,
    examples: { body: { legal: examples.letter }, reply: examples.letterReceipt },
    problems: [caseAtRest, notOfThisCase, tooManyComplaints],
    handle: (op, { params, body }) => logLetter(op, params, body.legal),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/complaints/:complaint_id/letters/:letter_id',
    action: 'complaint.record',
    summary: 'Replace what is known of a letter, such as how far its translation is',
    params: LetterPath,
    body: NewLetter,
    changes: true,
    status: 200,
    reply: LetterReceipt,
    examples: { body: { legal: examples.letter }, reply: { ...examples.letterReceipt, version: 2 } },
    problems: [caseAtRest, notOfThisCase, keyNotConfirmed],
    handle: (op, { params, body, version }) => changeLetter(op, { ...params, version, legal: body.legal }),
  }),
]
