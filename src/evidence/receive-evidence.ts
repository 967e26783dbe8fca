import { workOnCase } from '../cases/service.ts'
import { Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { addItem } from './add-item.ts'
import { plainly } from './custody.ts'
import { takeUpload } from './finished-upload.ts'
import { reportFilePolicy } from './policy.ts'
import { deleteIncidentFile, findIncidentFile, revealIncidentFiles } from './repo-incident-files.ts'
import type { NewEvidence, NewEvidenceOfReport } from './schema.ts'

/** Makes a finished upload an item of evidence: the key of the file passes from the sender to the team of the case. */
export function receiveEvidence(op: Op<'evidence.receive'>, caseId: Id<'cases'>, { upload_id, ...said }: NewEvidence) {
  return op.act(async (act) => {
    const found = await workOnCase(act, caseId)
    const { content, ...file } = await takeUpload(act, upload_id)
    const values = { ...said, content }
    return addItem(act, found, { ...file, derived_from: null, values, origin: plainly('received') })
  })
}

/** Makes of a file of a report, once the report is linked, an item of evidence of its case. */
export function receiveReportFile(op: Op<'evidence.receive'>, id: Id<'incident_files'>, said: NewEvidenceOfReport) {
  return op.act(async (act) => {
    const row = await findIncidentFile(act, id)
    if (row === undefined || row.case_id === null) throw new Problem(notFound)
    const found = await workOnCase(act, row.case_id)
    const granted = reportFilePolicy(found).grant(act, row)
    const [file] = await revealIncidentFiles(act, [granted])
    if (file === undefined || file.content === null) throw new Problem(notFound)
    await deleteIncidentFile(act, granted)
    const { blob, scan, content, incident_id, sent_by, sent_on } = file
    const origin = new Secret({ kind: 'received' as const, incident_id, sent_by, sent_on })
    return addItem(act, found, { blob, scan, derived_from: null, values: { ...said, content }, origin })
  })
}
