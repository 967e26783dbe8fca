import { mayDo } from '../consents/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { consentRequired } from './problems.ts'
import { type ReferralRow, revealReferrals } from './repo.ts'

/** What the register of consents is asked: for that very recipient. */
export async function wishOf(act: Act, found: Granted<Action, ReferralRow>) {
  const { case_id, recipient_id } = found
  if (recipient_id !== null) return { case_id, purpose: 'share_in_coalition', recipient: recipient_id } as const
  return { case_id, purpose: 'share_with_provider', recipient: await providerOf(act, found) } as const
}

/** The provider that a referral outside is for. */
export async function providerOf(act: Act, found: Granted<Action, ReferralRow>): Promise<Id<'providers'>> {
  const [opened] = await revealReferrals(act, [found])
  const provider = opened?.identity && consult(opened.identity, ({ provider_id }) => provider_id)
  if (!provider) throw new Problem(notFound)
  return provider
}

/** The consent under which it may be shared now, named in the audit row; 409 when there is none. */
export async function mustBeAllowed(act: Act, found: Granted<Action, ReferralRow>) {
  const verdict = await mayDo(act, await wishOf(act, found))
  if (!verdict.may) throw new Problem(consentRequired, { why: verdict.why })
  act.concerns('consents', verdict.consent_id)
  return { consent_id: verdict.consent_id, consent_until: verdict.until }
}
