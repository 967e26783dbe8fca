import type { Act } from '../platform/operation/op.ts'
import { type AuthorSignature, checkAuthors } from '../platform/operation/authorship.ts'
import { type IncidentRow, writingOf } from './repo.ts'
import { type NoticeRow, noticeWriting, type SupplementRow, supplementWriting } from './repo-additions.ts'

type Additions = { readonly supplements?: readonly SupplementRow[]; readonly notices?: readonly NoticeRow[] }

/**
 * Whose word a report and what was added to it is, by id of the row. A report's first contents are its author's; who
 * grades it since signs what had the signature before, and nothing that had none.
 */
export async function authorsOf(
  act: Act,
  incident: IncidentRow,
  { supplements = [], notices = [] }: Additions = {},
): Promise<(row: { readonly id: string }) => AuthorSignature> {
  const isFirst = incident.seal_version === 1
  const signed_by = isFirst && incident.signed_by !== incident.submitted_by ? null : incident.signed_by
  const found = await checkAuthors(act, [
    { ...writingOf(incident), signed_by, signature: incident.signature },
    ...supplements.map((row) => ({ ...supplementWriting(row), signed_by: row.submitted_by, signature: row.signature })),
    ...notices.map((row) => ({ ...noticeWriting(row), signed_by: row.sent_by, signature: row.signature })),
  ])
  return ({ id }) => found.get(id) ?? 'missing'
}
