import { z } from 'zod'
import { caseAtRest } from '../cases/service.ts'
import { PageQuery } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import { changeExamination, readExaminations, recordExamination } from './examinations.ts'
import * as examples from './examples.ts'
import { gradedByAnother, gradeNeedsClinician, unknownExamination } from './problems.ts'
import {
  Examination,
  ExaminationChange,
  ExaminationPage,
  ExaminationReceipt,
  NewExamination,
} from './schema-examination.ts'
import { Finding, FindingChange, FindingPage, FindingReceipt, NewFinding } from './schema.ts'
import { changeFinding, readFindings, recordFinding } from './service.ts'

const ofCase = z.strictObject({ id: idOf('cases') })

/** What clinicians examined and found, and what others saw. */
export const findingRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/findings',
    action: 'finding.record',
    summary: 'Record a finding; only a clinician grades it',
    params: ofCase,
    body: NewFinding,
    creates: true,
    status: 201,
    reply: FindingReceipt,
    examples: { body: examples.finding },
    problems: [notFound, caseAtRest, gradeNeedsClinician, unknownExamination],
    handle: (op, { params, body }) => recordFinding(op, { case_id: params.id, finding: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/findings',
    action: 'finding.list',
    summary: 'The findings of a case, newest first',
    params: ofCase,
    query: PageQuery,
    status: 200,
    reply: FindingPage,
    handle: (op, { params, query }) => readFindings(op, { ...query, case_id: params.id }),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/findings/:finding_id',
    action: 'finding.change',
    summary: 'Replace the facts or the narrative of a finding',
    params: ofCase.extend({ finding_id: idOf('findings') }),
    body: FindingChange,
    changes: true,
    status: 200,
    reply: Finding,
    examples: { body: { narrative: examples.finding.narrative } },
    problems: [notFound, caseAtRest, gradeNeedsClinician, gradedByAnother, staleVersion],
    handle: (op, { params, body, version }) =>
      changeFinding(op, { case_id: params.id, id: params.finding_id, version, change: body }),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/examinations',
    action: 'examination.record',
    summary: 'Record an examination: its circumstances, what was told, the conclusion',
    params: ofCase,
    body: NewExamination,
    creates: true,
    status: 201,
    reply: ExaminationReceipt,
    examples: { body: examples.examination },
    problems: [notFound, caseAtRest],
    handle: (op, { params, body }) => recordExamination(op, { case_id: params.id, examination: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/examinations',
    action: 'examination.list',
    summary: 'The examinations of a case, newest first',
    params: ofCase,
    query: PageQuery,
    status: 200,
    reply: ExaminationPage,
    handle: (op, { params, query }) => readExaminations(op, { ...query, case_id: params.id }),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/examinations/:examination_id',
    action: 'examination.change',
    summary: 'Replace classes of an examination; only who recorded it may',
    params: ofCase.extend({ examination_id: idOf('examinations') }),
    body: ExaminationChange,
    changes: true,
    status: 200,
    reply: Examination,
    examples: { body: { facts: examples.examination.facts } },
    problems: [notFound, caseAtRest, staleVersion],
    handle: (op, { params, body, version }) =>
      changeExamination(op, { case_id: params.id, id: params.examination_id, version, change: body }),
  }),
]
