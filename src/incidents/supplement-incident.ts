import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { incidentPolicy } from './policy.ts'
import { notInStatus, supplementsFull } from './problems.ts'
import { findIncidentLocked, markIncident } from './repo.ts'
import { countSupplements, findReadingKeyrings, insertSupplement } from './repo-additions.ts'
import type { NewSupplement, SupplementReceipt } from './schema-replies.ts'

const SUPPLEMENTS_MAX = 50
const open = ['submitted', 'returned', 'accepted'] as const

/** Adds to one's own report. Whoever can read the report can read it; a report that was returned is submitted again. */
export function supplementIncident(
  op: Op<'incident.supplement'>,
  id: Id<'incidents'>,
  { narrative }: NewSupplement,
): Promise<SupplementReceipt> {
  return op.act(async (act) => {
    const incident = incidentPolicy.grant(act, await findIncidentLocked(act, id))
    const status = open.find((one) => one === incident.status)
    if (status === undefined) throw new Problem(notInStatus, { incident_status: incident.status, allowed: open })
    if ((await countSupplements(act, incident)) >= SUPPLEMENTS_MAX) throw new Problem(supplementsFull)

    const home = { id: newId('incident_supplements'), organisation_id: incident.organisation_id, seal_version: 1 }
    const wanted = (await findReadingKeyrings(act, incident)).map((keyring_id) => ({ keyring_id }))
    const readers = await writableKeyrings(act, wanted)
    const access = await createRecordKey(
      act,
      home,
      readers.map((to) => ({ part: 'record', to })),
    )
    const ciphertext_sha256 = await insertSupplement(act, incident, { home, access, narrative })
    const state = await markIncident(act, incident, { status: status === 'returned' ? 'submitted' : status })
    if (state === undefined) throw new Problem(staleVersion)
    return {
      id: home.id,
      ciphertext_sha256,
      audit_receipt: act.eventId,
      incident_version: state.version,
      incident_status: state.status,
    }
  })
}
