import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import { ofCase } from '../cases/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { EvidenceRow } from './repo.ts'
import type { CustodyRow } from './repo-custody.ts'
import type { IncidentFileRow } from './repo-incident-files.ts'
import type { UploadRow } from './repo-uploads.ts'

/** A file on its way is nobody's but the sender's. */
export const uploadPolicy = policy(
  (actor: Actor, upload: UploadRow) =>
    upload.uploader_id === actor.id && upload.organisation_id === actor.organisationId,
  {
    'upload.inspect': () => true,
    'upload.continue': () => true,
    'upload.cancel': () => true,
    'evidence.receive': () => true,
    'incident.attach': () => true,
  },
)

type Case = { readonly id: Id<'cases'> }

/** The whole team reads the evidence of its case. */
export const evidencePolicy = (found: Case) =>
  ofCase<
    EvidenceRow,
    'evidence.list' | 'evidence.read' | 'evidence.download' | 'evidence.derive' | 'custody.note' | 'custody.read'
  >(found, {
    'evidence.list': () => true,
    'evidence.read': () => true,
    'evidence.download': () => true,
    'evidence.derive': () => true,
    'custody.note': () => true,
    'custody.read': () => true,
  })

/** The files of a report that has been granted. */
export const incidentFilePolicy = (report: { readonly id: Id<'incidents'> }) =>
  policy<IncidentFileRow, 'incident.list_files' | 'incident.download_file'>(
    (actor, file) => file.incident_id === report.id && file.organisation_id === actor.organisationId,
    { 'incident.list_files': () => true, 'incident.download_file': () => true },
  )

/** Of a report that is linked to a case, the team makes evidence. */
export const reportFilePolicy = (found: Case) =>
  policy<IncidentFileRow, 'evidence.receive'>(
    (actor, file) => file.case_id === found.id && file.organisation_id === actor.organisationId,
    { 'evidence.receive': () => true },
  )

export const custodyPolicy = (found: Case) => ofCase<CustodyRow, 'custody.read'>(found, { 'custody.read': () => true })
