import { z } from 'zod'
import { caseAtRest } from '../cases/service.ts'
import { pageOf } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { assigneeNotOnTeam, paperIsFinal } from './problems.ts'
import { NewPaper, Paper, PaperChange, PaperQuery, PaperReceipt } from './schema.ts'
import { changePaper, readMyTasks, readPapers, writePaper } from './service.ts'

const ofCasePath = z.strictObject({ id: idOf('cases') })
const ofPaper = z.strictObject({ id: idOf('cases'), paper_id: idOf('papers') })

/** What a team writes on its case: notes, tasks, milestones, risk assessments, conflict checks, authorities. */
export const paperRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/cases/:id/papers',
    action: 'paper.write',
    summary: 'Write a note, task, milestone, risk assessment, conflict check or authority on a case',
    params: ofCasePath,
    body: NewPaper,
    creates: true,
    status: 201,
    reply: PaperReceipt,
    examples: { body: examples.task },
    problems: [notFound, caseAtRest, assigneeNotOnTeam],
    handle: (op, { params, body }) => writePaper(op, { ...params, paper: body }),
  }),
  route({
    method: 'GET',
    url: '/cases/:id/papers',
    action: 'paper.list',
    summary: 'The papers of a case, newest first',
    params: ofCasePath,
    query: PaperQuery,
    status: 200,
    reply: pageOf(Paper),
    problems: [notFound],
    handle: (op, { params, query }) => readPapers(op, params.id, query),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id/papers/:paper_id',
    action: 'paper.change',
    summary: 'Change a note, task or milestone, or say that it is done',
    params: ofPaper,
    body: PaperChange,
    changes: true,
    status: 200,
    reply: Paper,
    examples: { body: examples.change },
    problems: [notFound, staleVersion, caseAtRest, paperIsFinal, assigneeNotOnTeam],
    handle: (op, { params, body, version }) => changePaper(op, { ...params, version, change: body }),
  }),
  route({
    method: 'GET',
    url: '/tasks',
    action: 'task.list',
    summary: 'What is yours to do, over all your cases, the most pressing first',
    status: 200,
    reply: z.object({ items: z.array(Paper) }),
    handle: (op) => readMyTasks(op),
  }),
]
