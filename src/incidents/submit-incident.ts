import { newId } from '../platform/kernel/ids.ts'
import type { Once } from '../platform/operation/once.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { type RecordReader, wrapNewKey } from '../platform/operation/record-keys.ts'
import { anchorOf } from '../platform/operation/session.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { homeOf } from '../platform/access/home.ts'
import { insertIncident } from './repo.ts'
import type { IncidentReceipt } from './schema-replies.ts'
import type { IncidentReport } from './schema-report.ts'

/** Takes a report. The intake can read it, coordinators its coded facts; its author cannot, nor can who takes the phone. */
export function submitIncident(
  op: Op<'incident.submit'>,
  report: IncidentReport,
  once?: Once<IncidentReceipt>,
): Promise<IncidentReceipt> {
  return op.act(async (act) => {
    const home = { id: newId('incidents'), organisation_id: homeOf(act.actor), seal_version: 1 }
    const { access, wraps } = wrapNewKey(home, await readersOf(act))
    const receipt = await insertIncident(act, home, { access, wraps, values: report })
    return { id: home.id, version: 1, status: 'submitted', audit_receipt: act.eventId, ...receipt }
  }, once)
}

async function readersOf(act: Act): Promise<RecordReader[]> {
  const organisation_id = homeOf(act.actor)
  const parts = { intake: 'record', statistics: 'facts' } as const
  const kinds = ['intake', 'statistics'] as const
  const wanted = kinds.map((kind) => ({ organisation_id, kind }))
  const keyrings = await writableKeyrings({ db: act.db, anchor: anchorOf(act) }, wanted)
  return kinds.flatMap((kind, at) => {
    const to = keyrings[at]
    return to === undefined ? [] : [{ part: parts[kind], to }]
  })
}
