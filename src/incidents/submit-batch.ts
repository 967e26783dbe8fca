import { z } from 'zod'
import { invalidRequest, Problem, tooLarge } from '../platform/kernel/problem.ts'
import { type Once, ownHash } from '../platform/operation/once.ts'
import type { Op } from '../platform/operation/op.ts'
import type { BatchOutcome, ReportBatch } from './schema-batch.ts'
import { IncidentReceipt } from './schema-replies.ts'
import { IncidentReport } from './schema-report.ts'
import { submitIncident } from './submit-incident.ts'

const REPORT_BYTES_MAX = 256 * 1024

/** Takes reports, each in an act of its own: what is wrong with one does not hold up the others. */
export async function submitBatch(op: Op<'incident.submit'>, { reports }: ReportBatch): Promise<BatchOutcome> {
  return {
    outcomes: await Promise.all(
      reports.map(async ({ key, report }) => ({ key, ...(await outcomeOf(op, key, report)) })),
    ),
  }
}

type Outcome = Omit<BatchOutcome['outcomes'][number], 'key'>

async function outcomeOf(op: Op<'incident.submit'>, key: string, report: unknown): Promise<Outcome> {
  try {
    const checked = checkReport(report)
    return { status: 201, receipt: await submitIncident(op, checked, onceFor(op, key, report)) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { slug, status, title } = error.kind
    return { status, problem: { type: `/problems/${slug}`, title, status, ...error.extensions } }
  }
}

/** Parsed before it is measured: what fits the schema is shallow, and can be written out again. */
function checkReport(report: unknown): IncidentReport {
  const { success, data, error } = parsed(report)
  if (!success) throw new Problem(invalidRequest, { errors: error.issues.map(describe) })
  if (Buffer.byteLength(JSON.stringify(report)) > REPORT_BYTES_MAX) throw new Problem(tooLarge)
  return data
}

/** What the schema stumbles over, such as a length that is an object, is as bad as what it refuses. */
function parsed(report: unknown) {
  try {
    return IncidentReport.safeParse(report)
  } catch {
    throw new Problem(invalidRequest, { errors: [{ pointer: '#', detail: 'cannot be read' }] })
  }
}

/** Where and what kind of fault; never the value. Our own messages (`custom`) quote none. */
const describe = ({ path, code, message }: z.core.$ZodIssue) => ({
  pointer: `#/${path.join('/')}`,
  detail: code === 'custom' ? message : code.replaceAll('_', ' '),
})

/** The same as for a report sent alone with this Idempotency-Key, so that a phone may try either way and not double it. */
function onceFor(op: Op, key: string, report: unknown): Once<IncidentReceipt> {
  return {
    keyHash: ownHash(op, `${op.action} ${key}`),
    requestHash: ownHash(op, `${op.action} /v1/incidents ${JSON.stringify(report)}`),
    encode: (receipt) => z.encode(IncidentReceipt, receipt),
    decode: (kept) => z.decode(IncidentReceipt, IncidentReceipt.parse(kept)),
  }
}
