import { workOnCase, type WorkingCase } from '../cases/service.ts'
import { commitment, tokenText, randomToken } from '../platform/crypto/code.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { noteCustody, plainly } from './custody.ts'
import { uploadPolicy } from './policy.ts'
import { uploadUnfinished } from './problems.ts'
import { type EvidenceRow, type EvidenceValues, insertEvidence } from './repo.ts'
import { deleteUpload, findUpload, revealUpload, type UploadRow } from './repo-uploads.ts'
import { type EvidenceContent, type NewEvidence, ScanState, type UploadContent } from './schema.ts'

const SALT_BYTES = 32

/** Makes a finished upload an item of evidence: the key of the file passes from the sender to the team of the case. */
export function receiveEvidence(op: Op<'evidence.receive'>, caseId: Id<'cases'>, { upload_id, ...said }: NewEvidence) {
  return op.act(async (act) => {
    const found = await workOnCase(act, caseId)
    const upload = uploadPolicy.grant(act, await findUpload(act, upload_id))
    const { identity: sent } = await revealUpload(act, upload)
    const content = sent === null ? undefined : contentOf(sent)
    if (content === undefined) throw new Problem(uploadUnfinished)
    await deleteUpload(act, upload)
    return addItem(act, found, { ...fileOf(upload), derived_from: null, values: { ...said, content } })
  })
}

const fileOf = ({ id, scan }: UploadRow) => ({ blob: id, scan: ScanState.parse(scan) })

/** What is kept of the file; undefined while it is not all there. */
function contentOf(sent: Secret<UploadContent>): Secret<EvidenceContent> | undefined {
  const salt = tokenText(randomToken(SALT_BYTES))
  const isWhole = consult(sent, ({ sha256, pieces }) => sha256 !== undefined && pieces !== undefined)
  if (!isWhole) return undefined
  return revealTo(sent, ({ key, size, sha256 = '', pieces = [] }) =>
    consult(salt, (text) => ({ key, size, sha256, salt: text, pieces })),
  )
}

type NewItem = Pick<EvidenceRow, 'blob' | 'derived_from'> & {
  readonly scan: ScanState
  readonly values: EvidenceValues
}

/** Keeps an item, with the first link of its chain. */
async function addItem(act: Act<'evidence.receive'>, found: WorkingCase, { values, ...item }: NewItem) {
  const { id: case_id, organisation_id, held } = found
  const row = {
    ...item,
    id: newId('evidence_items'),
    organisation_id,
    case_id,
    received_by: act.actor.id,
    received_on: dayOf(act.services.now()),
    commitment: commitment(
      revealTo(values.content, ({ salt }) => salt),
      revealTo(values.content, ({ sha256 }) => sha256),
    ),
  }
  const access = await createRecordKey(act, row, [{ part: 'record', heldAs: held }])
  await insertEvidence(act, row, { access, values })
  await noteCustody(act, row, { found, what: plainly('received') })
  return { ...row, commitment: row.commitment.toString('hex') }
}
