import { workOnCase } from '../cases/service.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { addItem, saltedContent } from './add-item.ts'
import { plainly } from './custody.ts'
import { uploadPolicy } from './policy.ts'
import { uploadUnfinished } from './problems.ts'
import { deleteUpload, findUpload, revealUpload, type UploadRow } from './repo-uploads.ts'
import { type EvidenceContent, type NewEvidence, ScanState, type UploadContent } from './schema.ts'

/** Makes a finished upload an item of evidence: the key of the file passes from the sender to the team of the case. */
export function receiveEvidence(op: Op<'evidence.receive'>, caseId: Id<'cases'>, { upload_id, ...said }: NewEvidence) {
  return op.act(async (act) => {
    const found = await workOnCase(act, caseId)
    const upload = uploadPolicy.grant(act, await findUpload(act, upload_id))
    const { identity: sent } = await revealUpload(act, upload)
    const content = sent === null ? undefined : contentOf(sent)
    if (content === undefined) throw new Problem(uploadUnfinished)
    await deleteUpload(act, upload)
    const values = { ...said, content }
    return addItem(act, found, { ...fileOf(upload), derived_from: null, values, origin: plainly('received') })
  })
}

const fileOf = ({ id, scan }: UploadRow) => ({ blob: id, scan: ScanState.parse(scan) })

/** What is kept of the file; undefined while it is not all there. */
function contentOf(sent: Secret<UploadContent>): Secret<EvidenceContent> | undefined {
  const isWhole = consult(sent, ({ sha256, pieces }) => sha256 !== undefined && pieces !== undefined)
  if (!isWhole) return undefined
  return saltedContent(revealTo(sent, ({ key, size, sha256 = '', pieces = [] }) => ({ key, size, sha256, pieces })))
}
