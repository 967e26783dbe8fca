import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { incidentPolicy } from './policy.ts'
import { notInStatus } from './problems.ts'
import { findIncident, findIncidentLocked } from './repo.ts'
import { findReadingKeyrings } from './repo-additions.ts'

const open = ['submitted', 'returned', 'accepted'] as const

/** A report to which its author adds a file: it stays where it is until the act ends. `readers` can read all of it. */
export async function reportToAttachTo(act: Act<'incident.attach'>, id: Id<'incidents'>) {
  const incident = incidentPolicy.grant(act, await findIncidentLocked(act, id))
  const { status, organisation_id } = incident
  if (!open.some((one) => one === status)) throw new Problem(notInStatus, { incident_status: status, allowed: open })
  const wanted = (await findReadingKeyrings(act, incident)).map((keyring_id) => ({ keyring_id }))
  const readers = await writableKeyrings(act, wanted)
  return { id, organisation_id, readers }
}

/** A report whose files are looked at: 404, or 403 for its author, unless the actor handles it. */
export async function reportToReadFilesOf(
  act: Act<'incident.list_files' | 'incident.download_file'>,
  id: Id<'incidents'>,
) {
  const { organisation_id } = incidentPolicy.grant(act, await findIncident(act, id))
  return { id, organisation_id }
}
