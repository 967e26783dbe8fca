import { homeOf } from '../platform/access/home.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { type Counting, countingPolicy } from './policy.ts'
import { listMadeBetween, revealReferralFacts } from './repo.ts'
import type { ReferralFacts, ReferralState } from './schema.ts'

/** How a referral came out, as it is counted. */
export const referralOutcomes = [
  'open',
  'taken_on',
  'completed',
  'declined',
  'withdrawn',
  'lost_contact',
  'transferred',
] as const
type Outcome = (typeof referralOutcomes)[number]

const outcomes: Readonly<Record<ReferralState, Outcome>> = {
  draft: 'open',
  awaiting_consent: 'open',
  proposed: 'open',
  waitlisted: 'open',
  accepted: 'taken_on',
  in_progress: 'taken_on',
  completed: 'completed',
  declined: 'declined',
  withdrawn_by_client: 'withdrawn',
  withdrawn_by_provider: 'withdrawn',
  lost_contact: 'lost_contact',
  transferred: 'transferred',
}
const goingOn: readonly Outcome[] = ['open', 'taken_on']

export type CountedReferral = {
  readonly id: Id<'referrals'>
  readonly case_id: Id<'cases'>
  readonly outcome: Outcome
  readonly facts: Secret<ReferralFacts>
}

type Days = { readonly from?: string | undefined; readonly to?: string | undefined }

/** The organisation's own, drafted between these days, as far as the actor's keys open the coded part; the first first. */
export async function openReferralFacts(act: Act<Counting>, days: Days): Promise<CountedReferral[]> {
  const listed = await listMadeBetween(act.db, { organisation_id: homeOf(act.actor), ...days })
  const open = await revealReferralFacts(act, countingPolicy.grantEach(act, listed))
  return open.flatMap(({ id, case_id, state, ended_by, facts }) => {
    const outcome = ended_by !== null && goingOn.includes(outcomes[state]) ? 'withdrawn' : outcomes[state]
    return facts === null ? [] : [{ id, case_id, outcome, facts }]
  })
}
