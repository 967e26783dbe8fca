import { reports } from '../../src/incidents/examples-reports.ts'
import { IncidentReceipt } from '../../src/incidents/schema-replies.ts'
import type { Client } from '../support/client.ts'

type Kind = (typeof reports)[number]['facts']['kind']
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests bend reports into shapes that no schema allows
type Report = any

/** An invented report of that kind, to be bent at will. */
export function reportOf(kind: Kind = 'torture_or_ill_treatment'): Report {
  return structuredClone(reports.find(({ facts }) => facts.kind === kind))
}

export const kinds = reports.map(({ facts }) => facts.kind)

/** Submits a report and answers its receipt. */
export async function submitted(by: Client, report: unknown = reportOf()) {
  const reply = await by.post('/v1/incidents', report)
  if (reply.status !== 201) throw new Error(`not submitted: ${reply.text}`)
  return IncidentReceipt.parse(reply.body)
}
