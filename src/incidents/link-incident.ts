import type { Granted } from '../platform/access/policy.ts'
import { findCaseForLink } from '../cases/service.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import { findKeyrings, type HeldKeyring, heldKeyring } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { shareRecord, unshareRecords } from '../platform/operation/record-keys.ts'
import { incidentPolicy } from './policy.ts'
import { alreadyLinked, caseNotAvailable, notInStatus } from './problems.ts'
import { findIncidentLocked, type IncidentRow, markIncident } from './repo.ts'
import { listFileIds, listNotices, listSupplements } from './repo-additions.ts'
import type { IncidentState } from './schema-replies.ts'

type Linking = 'incident.link' | 'incident.triage'

/** Gives an accepted incident to the team of a case, and takes it from the intake. */
export function linkIncident(
  op: Op<'incident.link'>,
  { id, version, case_id }: { id: Id<'incidents'>; version: number; case_id: Id<'cases'> },
): Promise<IncidentState> {
  return op.act(async (act) => {
    const incident = incidentPolicy.grant(act, await findIncidentLocked(act, id))
    if (incident.version !== version) throw new Problem(staleVersion)
    const { status } = incident
    if (status !== 'accepted') throw new Problem(notInStatus, { incident_status: status, allowed: ['accepted'] })
    if (incident.case_id !== null) throw new Problem(alreadyLinked)

    await moveToCase(act, incident, case_id)
    const state = await markIncident(act, incident, { status, case_id })
    if (state === undefined) throw new Problem(staleVersion)
    return state
  })
}

/** Moves the keys of the report, and of all that was added to it, from the intake to the case. */
export async function moveToCase(
  act: Act<Linking>,
  incident: Granted<Linking, IncidentRow>,
  caseId: Id<'cases'>,
): Promise<void> {
  const team = await keyringOfCase(act, caseId)
  const intake = (await findKeyrings(act.db, incident.organisation_id, ['intake'])).get('intake')
  if (intake === undefined) throw new Error('an organisation has no intake keyring')
  const additions = [...(await listSupplements(act, incident)), ...(await listNotices(act, incident))]
  const { organisation_id } = incident
  const files = await listFileIds(act, incident)
  const ids = [incident.id, ...additions.map((row) => row.id), ...files]
  for (const id of ids) await shareRecord(act, { id, organisation_id }, [{ part: 'record', heldAs: team }])
  await unshareRecords(act, ids, intake.id)
}

async function keyringOfCase(act: Act<Linking>, caseId: Id<'cases'>): Promise<HeldKeyring> {
  const found = await findCaseForLink(act, caseId)
  const held = found && (await heldKeyring(act, found.keyring_id))
  if (held === undefined) throw new Problem(caseNotAvailable)
  return held
}
