import type { Granted } from '../platform/access/policy.ts'
import { revealTo, Secret } from '../platform/crypto/secret.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { moveToCase } from './link-incident.ts'
import { incidentPolicy } from './policy.ts'
import { notInStatus } from './problems.ts'
import { findIncidentLocked, type IncidentRow, markIncident } from './repo.ts'
import { insertNotice } from './repo-additions.ts'
import type { IncidentState, NoticeNarrative, Triage } from './schema-replies.ts'

type Triaged = Granted<'incident.triage', IncidentRow>

const statusAfter = { accept: 'accepted', return: 'returned', reject: 'rejected' } as const

/** The intake's decision on a report: take it on, ask its author, or turn it down and say why. */
export function triageIncident(
  op: Op<'incident.triage'>,
  { id, version, triage }: { id: Id<'incidents'>; version: number; triage: Triage },
): Promise<IncidentState> {
  return op.act(async (act) => {
    const incident = incidentPolicy.grant(act, await findIncidentLocked(act, id))
    if (incident.version !== version) throw new Problem(staleVersion)
    const { status } = incident
    if (status !== 'submitted') throw new Problem(notInStatus, { incident_status: status, allowed: ['submitted'] })

    const case_id = triage.decision === 'accept' ? triage.case_id : undefined
    if (case_id !== undefined) await moveToCase(act, incident, case_id)
    await tellAuthor(act, incident, triage)
    const state = await markIncident(act, incident, { status: statusAfter[triage.decision], case_id, isTriage: true })
    if (state === undefined) throw new Problem(staleVersion)
    return state
  })
}

async function tellAuthor(act: Act<'incident.triage'>, incident: Triaged, triage: Triage): Promise<void> {
  if (triage.decision === 'accept') return
  const { organisation_id, submitted_by } = incident
  const home = { id: newId('incident_notices'), organisation_id, seal_version: 1 }
  const readers = await writableKeyrings(act, [{ organisation_id, kind: 'intake' }, { owner_id: submitted_by }])
  const access = await createRecordKey(
    act,
    home,
    readers.map((to) => ({ part: 'record', to })),
  )
  const kind = triage.decision === 'return' ? 'question' : 'rejection'
  await insertNotice(act, incident, { home, kind, access, narrative: wordsOf(triage) })
}

function wordsOf(triage: Exclude<Triage, { decision: 'accept' }>): Secret<NoticeNarrative> {
  if (triage.decision === 'return') return revealTo(triage.question, (text) => ({ text }))
  const { reason_code, note } = triage
  return note === undefined ? new Secret({ reason_code }) : revealTo(note, (text) => ({ reason_code, text }))
}
