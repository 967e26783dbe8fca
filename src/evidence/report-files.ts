import { reportToAttachTo, reportToReadFilesOf } from '../incidents/service.ts'
import { commitment } from '../platform/crypto/code.ts'
import { consult, revealTo } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { takeUpload } from './finished-upload.ts'
import type { EvidenceParts } from './parts.ts'
import { plainFile, spanOf } from './plain-file.ts'
import { incidentFilePolicy } from './policy.ts'
import { filesFull, somethingFound } from './problems.ts'
import {
  checkSenders,
  findIncidentFile,
  insertIncidentFile,
  listIncidentFiles,
  revealIncidentFiles,
} from './repo-incident-files.ts'
import type { NewIncidentFile } from './schema.ts'
import { lockOf } from './uploads.ts'

const FILES_MOST = 20

/**
 * Adds a finished upload to one's own report: its key passes from the sender to whoever can read the report, and the
 * sender, or who takes the telephone, cannot get it back.
 */
export function attachFile(op: Op<'incident.attach'>, incidentId: Id<'incidents'>, sent: NewIncidentFile) {
  return op.act(async (act) => {
    const report = await reportToAttachTo(act, incidentId)
    if ((await listIncidentFiles(act, incidentId)).length >= FILES_MOST) throw new Problem(filesFull)
    const { content, ...file } = await takeUpload(act, sent.upload_id)
    const row = {
      ...file,
      id: newId('incident_files'),
      organisation_id: report.organisation_id,
      incident_id: report.id,
      sent_by: act.actor.id,
      sent_on: dayOf(act.services.now()),
    }
    const readers = report.readers.map((to) => ({ part: 'record' as const, to }))
    const access = await createRecordKey(act, row, readers)
    await insertIncidentFile(act, row, { access, values: { ...sent, content } })
    const bound = commitment(
      revealTo(content, ({ salt }) => salt),
      revealTo(content, ({ sha256 }) => sha256),
    )
    return { ...row, commitment: bound.toString('hex'), audit_receipt: act.eventId }
  })
}

/** The files of a report, oldest first, as far as the reader's keys open them. */
export function readReportFiles(op: Op<'incident.list_files'>, incidentId: Id<'incidents'>) {
  return op.act(async (act) => {
    const report = await reportToReadFilesOf(act, incidentId)
    const rows = incidentFilePolicy(report).grantEach(act, await listIncidentFiles(act, incidentId))
    const senders = await checkSenders(act, rows)
    const files = await revealIncidentFiles(act, rows)
    return { items: files.map((file) => ({ ...file, author_signature: senders.get(file.id) ?? ('missing' as const) })) }
  })
}

type Asked = { readonly id: Id<'incident_files'>; readonly range: string | undefined }

/** What a scanner found something in is not given out here: as evidence it has a chain of custody that tells why. */
export async function downloadReportFile(
  op: Op<'incident.download_file'>,
  { store }: EvidenceParts,
  { id, range }: Asked,
) {
  const file = await op.act(async (act) => {
    const row = await findIncidentFile(act, id)
    if (row === undefined) throw new Problem(notFound)
    const report = await reportToReadFilesOf(act, row.incident_id)
    const [opened] = await revealIncidentFiles(act, [incidentFilePolicy(report).grant(act, row)])
    if (opened === undefined || opened.content === null) throw new Problem(notFound)
    if (opened.scan === 'found') throw new Problem(somethingFound)
    const lock = lockOf(opened.blob, opened.content)
    return { lock, span: spanOf(range, lock.size), pieces: consult(opened.content, ({ pieces }) => pieces) }
  })
  return plainFile(store, { name: `report-file-${id}`, ...file })
}
