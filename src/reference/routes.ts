import { type Route, route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { addRow, changeRow } from './change-row.ts'
import { rowExists } from './problems.ts'
import {
  DayQuery,
  FilePath,
  Mechanisms,
  NewRow,
  ReferenceRows,
  ReferenceView,
  RowChange,
  RowPath,
  RowReceipt,
} from './schema-wire.ts'
import { readMechanisms, readReference } from './service.ts'

const ROW_BYTES = 32 * 1024
const step = { code: 'L14_OTHER', name: 'Complaint to a parliamentary commission' }
const shown = {
  row: 'L14_OTHER',
  version: 1,
  latest_version: 1,
  valid_from: '2026-01-01',
  valid_to: null,
  certainty: 'low',
  signature: 'valid',
  content: step,
}
const receipt = { id: '5f0c7c1e-8f0a-4a53-9d0e-6a4d8f2b7c11', file: 'domestic_ladder', row: 'L14_OTHER', version: 1 }
const rows = { on: '2026-03-02', rows: [shown] }

const readingRoutes = [
  route({
    method: 'GET',
    url: '/reference/:file',
    action: 'reference.read',
    summary: 'Read a file of reference data as it holds on a day',
    params: FilePath,
    query: DayQuery,
    status: 200,
    reply: ReferenceView,
    examples: { reply: { file: 'domestic_ladder', ...rows } },
    handle: (op, { params, query }) => readReference(op, params.file, query.on),
  }),
  route({
    method: 'GET',
    url: '/mechanisms',
    action: 'reference.read_mechanisms',
    summary: 'The committees that take complaints, and the other mechanisms',
    query: DayQuery,
    status: 200,
    reply: Mechanisms,
    examples: { reply: { on: '2026-03-02', committees: [], others: [] } },
    handle: (op, { query }) => readMechanisms(op, query.on),
  }),
  route({
    method: 'GET',
    url: '/acceptance',
    action: 'reference.read_acceptance',
    summary: 'Which State has accepted which complaint procedure, and since when',
    query: DayQuery,
    status: 200,
    reply: ReferenceRows,
    examples: { reply: rows },
    handle: (op, { query }) => readReference(op, 'acceptance', query.on),
  }),
  route({
    method: 'GET',
    url: '/decisions',
    action: 'reference.read_decisions',
    summary: 'Public decisions of committees against the five States, each with its certainty',
    query: DayQuery,
    status: 200,
    reply: ReferenceRows,
    examples: { reply: rows },
    handle: (op, { query }) => readReference(op, 'views', query.on),
  }),
]

/** Facts of law and procedure: read by every member, edited by an administrator. */
export const referenceRoutes: Route[] = [
  ...readingRoutes,
  route({
    method: 'POST',
    url: '/reference/:file',
    action: 'reference.add_row',
    summary: 'Add a row to a file of reference data',
    params: FilePath,
    body: NewRow,
    body_max_bytes: ROW_BYTES,
    creates: true,
    status: 201,
    reply: RowReceipt,
    examples: { body: { row: 'L14_OTHER', content: step, valid_from: '2026-01-01' }, reply: receipt },
    problems: [rowExists, keyNotConfirmed],
    handle: (op, { params, body }) => addRow(op, params.file, body),
  }),
  route({
    method: 'PUT',
    url: '/reference/:file/:row',
    action: 'reference.change_row',
    summary: 'Give a row a later version, with the days on which it is valid',
    params: RowPath,
    body: RowChange,
    body_max_bytes: ROW_BYTES,
    changes: true,
    status: 200,
    reply: RowReceipt,
    examples: { body: { content: step, valid_from: '2026-01-01' }, reply: { ...receipt, version: 2 } },
    problems: [notFound, keyNotConfirmed],
    handle: (op, { params, body, version }) => changeRow(op, { ...params, version, change: body }),
  }),
]
