import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { countEvidence } from './repo.ts'

/** Whether a case has any item of evidence. The case has been granted before. */
export async function hasEvidence(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  return (await countEvidence(act.db, caseId)) > 0
}
