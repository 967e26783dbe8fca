import type { Granted } from '../platform/access/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { openRecordKeys } from '../platform/operation/record-keys.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { authorsOf } from './authors.ts'
import { additionsTo, handles, incidentPolicy } from './policy.ts'
import { contents, findIncident, type IncidentRow } from './repo.ts'
import {
  listNotices,
  listSupplements,
  type NoticeRow,
  noticeText,
  type SupplementRow,
  supplementText,
} from './repo-additions.ts'
import type { Incident } from './schema-replies.ts'

/** The incident with what the reader's keys open of it; the author gets its status and the intake's notices. */
export function readIncident(op: Op<'incident.read'>, id: Id<'incidents'>): Promise<Incident> {
  return op.act(async (act) => {
    const incident = incidentPolicy.grant(act, await findIncident(act, id))
    act.concerns('incidents', incident.id)
    const supplements = await listSupplements(act, incident)
    const notices = await listNotices(act, incident)
    const signature = await authorsOf(act, incident, { supplements, notices })
    const keys = await openRecordKeys(
      act,
      [incident, ...supplements, ...notices].map((row) => row.id),
    )
    return {
      ...openIncident(act, incident, keys),
      author_signature: signature(incident),
      supplements: additionsTo<SupplementRow>(incident)
        .grantEach(act, supplements)
        .map((row) => ({ ...supplementText.reveal(act, row, keys.get(row.id)), author_signature: signature(row) })),
      notices: additionsTo<NoticeRow>(incident)
        .grantEach(act, notices)
        .map((row) => ({ ...noticeText.reveal(act, row, keys.get(row.id)), author_signature: signature(row) })),
    }
  })
}

/** What is open to the reader; the case, who triaged and who graded are for those who handle the incident. */
export function openIncident(
  act: Act,
  incident: Granted<'incident.read' | 'incident.list', IncidentRow>,
  keys: ReadonlyMap<string, RecordAccess>,
) {
  const opened = contents.reveal(act, incident, keys.get(incident.id))
  if (handles(act.actor, incident)) return opened
  return { ...opened, case_id: null, triaged_by: null, signed_by: null }
}
