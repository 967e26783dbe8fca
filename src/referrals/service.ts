import { homeOf } from '../platform/access/home.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { nextStepOf } from './next-step.ts'
import { referralPolicy, sideOf } from './policy.ts'
import { listDays } from './repo-moves.ts'
import { listReferrals, listWaitingOnConsent, type Looking } from './repo.ts'

export { type CountedReferral, openReferralFacts, referralOutcomes } from './counted.ts'
export { stopUnconsented } from './stop-referrals.ts'

/** The referrals of a case that a missing consent stops. */
export const waitingOnConsent = (act: Act<'consent.list'>, caseId: Id<'cases'>): Promise<string[]> =>
  listWaitingOnConsent(act.db, caseId)

const INBOX_MOST = 500

/** What of referrals waits for somebody, each with the one next step: nothing is opened for it. */
export async function referralsFor(by: Looking, today: string) {
  const { roles } = by.actor
  const rows = await listReferrals(by, {
    organisation_id: homeOf(by.actor),
    sees_sent: roles.includes('coordinator'),
    sees_received: roles.includes('coordinator') || roles.includes('intake'),
    is_open: true,
    after: undefined,
    limit: INBOX_MOST,
  })
  const seen = referralPolicy.grantEach({ actor: by.actor, action: 'inbox.read' }, rows)
  return seen.flatMap((row) => {
    const step = nextStepOf(by.actor, row, today)
    const case_id = sideOf(by.actor, row) === 'sender' ? row.case_id : row.recipient_case_id
    return step === undefined ? [] : [{ id: row.id, case_id, due_on: row.due_on, step }]
  })
}

/** When the organisation's referrals were made, and came to each state for the first time: days and states alone. */
export const referralDays = (act: Act<'indicator.read'>) => listDays(act.db, homeOf(act.actor))
