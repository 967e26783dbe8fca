import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { saltedContent } from './add-item.ts'
import { uploadPolicy } from './policy.ts'
import { uploadUnfinished } from './problems.ts'
import { deleteUpload, findUpload, revealUpload } from './repo-uploads.ts'
import { type EvidenceContent, ScanState, type UploadContent } from './schema.ts'

/** Takes a finished file out of its sender's hands: what is answered must be sealed to others in the same act. */
export async function takeUpload(act: Act<'evidence.receive' | 'incident.attach'>, id: Id<'uploads'>) {
  const upload = uploadPolicy.grant(act, await findUpload(act, id))
  const { identity: sent } = await revealUpload(act, upload)
  const content = sent === null ? undefined : contentOf(sent)
  if (content === undefined) throw new Problem(uploadUnfinished)
  await deleteUpload(act, upload)
  return { blob: upload.id, scan: ScanState.parse(upload.scan), content }
}

/** What is kept of the file; undefined while it is not all there. */
function contentOf(sent: Secret<UploadContent>): Secret<EvidenceContent> | undefined {
  const isWhole = consult(sent, ({ sha256, pieces }) => sha256 !== undefined && pieces !== undefined)
  if (!isWhole) return undefined
  return saltedContent(revealTo(sent, ({ key, size, sha256 = '', pieces = [] }) => ({ key, size, sha256, pieces })))
}
