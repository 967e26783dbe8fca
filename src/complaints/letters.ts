import { type SeatedCase, workOnCase, type WorkingCase } from '../cases/service.ts'
import { hasItems } from '../evidence/service.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { complaintsOf } from './policy.ts'
import { notOfThisCase, tooManyComplaints } from './problems.ts'
import { type ComplaintRow, findComplaint } from './repo.ts'
import { findLetter, insertLetter, type LetterRow, listLetters, revealLetters, updateLetter } from './repo-letters.ts'
import { type Letter, type LetterLegal, LETTERS_MAX, type LetterReceipt } from './schema.ts'

type Path = { readonly id: Id<'cases'>; readonly complaint_id: Id<'complaints'> }

/** The letters of complaints that have been granted. */
export async function openLetters(act: Act, found: SeatedCase, ids: readonly Id<'complaints'>[]): Promise<Letter[]> {
  const by = { actor: act.actor, action: 'complaint.list' } as const
  return revealLetters(act, complaintsOf<LetterRow>(found).grantEach(by, await listLetters(act, ids)))
}

/** Puts a letter into the log. The letter itself is among the evidence of the case. */
export function logLetter(op: Op<'complaint.record'>, path: Path, legal: Secret<LetterLegal>): Promise<LetterReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, path.id)
    const complaint = complaintsOf<ComplaintRow>(found).grant(act, await findComplaint(act, path.complaint_id))
    if ((await listLetters(act, [complaint.id])).length >= LETTERS_MAX) throw new Problem(tooManyComplaints)
    await mustBeThere(act, found, legal)
    return insertLetter(act, found, { complaint_id: complaint.id, legal })
  })
}

async function mustBeThere(act: Act, found: WorkingCase, legal: Secret<LetterLegal>): Promise<void> {
  const ids = consult(legal, ({ evidence_id, translations }) =>
    [evidence_id, ...translations.map((one) => one.evidence_id)].flatMap((id) => id ?? []),
  )
  if (!(await hasItems(act, found.id, ids))) throw new Problem(notOfThisCase)
}

type Changing = Path & {
  readonly letter_id: Id<'complaint_letters'>
  readonly version: number
  readonly legal: Secret<LetterLegal>
}

/** Replaces what is known of a letter: how far a translation is, or where it lies. */
export function changeLetter(
  op: Op<'complaint.record'>,
  { id, letter_id, version, legal }: Changing,
): Promise<LetterReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const row = complaintsOf<LetterRow>(found).grant(act, await findLetter(act, letter_id))
    await mustBeThere(act, found, legal)
    if (!(await updateLetter(act, row, { version, legal }))) throw new Problem(staleVersion)
    const { complaint_id, recorded_by, recorded_on } = row
    return { id: letter_id, complaint_id, recorded_by, recorded_on, version: version + 1 }
  })
}
