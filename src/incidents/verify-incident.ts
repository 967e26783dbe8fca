import type { Granted } from '../platform/access/policy.ts'
import { revealTo } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notAllowed, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { openRecordKeys, renewRecordKey } from '../platform/operation/record-keys.ts'
import { authorsOf } from './authors.ts'
import { incidentPolicy } from './policy.ts'
import { notInStatus } from './problems.ts'
import { contents, findIncident, type IncidentRow, replaceContents } from './repo.ts'
import type { IncidentState, NewVerification } from './schema-replies.ts'

const open = ['submitted', 'returned', 'accepted'] as const

/** Grades how far the facts are verified. Only somebody who can read the whole record can do that. */
export function verifyIncident(
  op: Op<'incident.verify'>,
  { id, version, verification }: { id: Id<'incidents'>; version: number; verification: NewVerification },
): Promise<IncidentState> {
  return op.act(async (act) => {
    const incident = incidentPolicy.grant(act, await findIncident(act, id))
    if (incident.version !== version) throw new Problem(staleVersion)
    const { status } = incident
    if (status === 'rejected') throw new Problem(notInStatus, { incident_status: status, allowed: open })
    const { facts, ...others } = await openWhole(act, incident)
    const values = { facts: revealTo(facts, (known) => ({ ...known, verification })), ...others }
    const isSigned = (await authorsOf(act, incident))(incident) === 'valid'
    const state = await replaceContents(act, incident, {
      access: await renewRecordKey(act, incident),
      values,
      isSigned,
    })
    if (state === undefined) throw new Problem(staleVersion)
    return state
  })
}

/** All the contents. 403 for who holds a part of it, or nothing. */
async function openWhole(act: Act<'incident.verify'>, incident: Granted<'incident.verify', IncidentRow>) {
  const access = (await openRecordKeys(act, [incident.id])).get(incident.id)
  const { facts, narrative, identity, legal } = contents.reveal(act, incident, access)
  const isWhole = facts !== null && narrative !== null && identity !== null && legal !== null
  if (!isWhole) throw new Problem(notAllowed)
  return { facts, narrative, identity, legal }
}
