import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { countEvidence, countOfCase } from './repo.ts'

/** Whether a case has any item of evidence. The case has been granted before. */
export async function hasEvidence(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  return (await countEvidence(act.db, caseId)) > 0
}

/** Whether all these are items of the case. The case has been granted before. */
export async function hasItems(act: Act, caseId: Id<'cases'>, ids: readonly Id<'evidence_items'>[]): Promise<boolean> {
  const wanted = [...new Set(ids)]
  return wanted.length === 0 || (await countOfCase(act.db, caseId, wanted)) === wanted.length
}
