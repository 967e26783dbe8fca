import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { listWaitingOnConsent } from './repo.ts'

export { stopUnconsented } from './stop-referrals.ts'

/** The referrals of a case that a missing consent stops. */
export const waitingOnConsent = (act: Act<'consent.list'>, caseId: Id<'cases'>): Promise<string[]> =>
  listWaitingOnConsent(act.db, caseId)
