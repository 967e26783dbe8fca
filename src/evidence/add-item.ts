import type { WorkingCase } from '../cases/service.ts'
import { commitment, randomToken, tokenText } from '../platform/crypto/code.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { noteCustody } from './custody.ts'
import { type EvidenceRow, type EvidenceValues, insertEvidence } from './repo.ts'
import type { CustodyNarrative, EvidenceContent, ScanState } from './schema.ts'

const SALT_BYTES = 32

/** What is kept of a file, with a salt of its own. */
export function saltedContent(file: Secret<Omit<EvidenceContent, 'salt'>>): Secret<EvidenceContent> {
  const salt = tokenText(randomToken(SALT_BYTES))
  return revealTo(file, (known) => consult(salt, (text) => ({ ...known, salt: text })))
}

type NewItem = Pick<EvidenceRow, 'blob' | 'derived_from'> & {
  readonly scan: ScanState
  readonly values: EvidenceValues
  /** The first link of its chain. */
  readonly origin: Secret<Omit<CustodyNarrative, 'at'>>
}

/** Keeps an item, for the team of its case. */
export async function addItem(act: Act, found: WorkingCase, { values, origin, ...item }: NewItem) {
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
  await noteCustody(act, row, { found, what: origin })
  return receiptOf(row)
}

type Known = Pick<
  EvidenceRow,
  'id' | 'case_id' | 'derived_from' | 'received_by' | 'received_on' | 'scan' | 'commitment'
>

/** What is told of an item without opening it. */
export const receiptOf = ({ id, case_id, derived_from, received_by, received_on, scan, commitment }: Known) => ({
  id,
  case_id,
  derived_from,
  received_by,
  received_on,
  scan,
  commitment: commitment.toString('hex'),
})
