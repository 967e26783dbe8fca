import { mayDo } from '../consents/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { wishOf } from './consent.ts'
import { takePackageBack } from './packages.ts'
import { referralPolicy } from './policy.ts'
import { listSharedOf, type ReferralRow, updateConsent, updateSteps } from './repo.ts'
import { keepStep } from './step.ts'
import { wayOf } from './ways.ts'

/**
 * Called in the act of each word on a case: whatever is shared and may be shared no more ends with it, and both sides
 * are to know. Names what ended. What stands on a newer consent from now on is noted.
 */
export async function stopUnconsented(act: Act<'consent.record'>, caseId: Id<'cases'>): Promise<string[]> {
  const by = { actor: act.actor, action: 'referral.read' } as const
  const stopped: string[] = []
  for (const found of referralPolicy.grantEach(by, await listSharedOf(act, caseId))) {
    const verdict = await mayDo(act, await wishOf(act, found))
    if (verdict.may) {
      await updateConsent(act, found.id, { consent_id: verdict.consent_id, consent_until: verdict.until })
      continue
    }
    await stop(act, found)
    stopped.push(found.id)
  }
  return stopped
}

/** Where the model has a way for it, the referral is withdrawn by the client; elsewhere it ends in the state it is in. */
async function stop(act: Act<'consent.record'>, found: Granted<'referral.read', ReferralRow>): Promise<void> {
  const withdrawn = 'withdrawn_by_client'
  const to_state = wayOf(found.state, withdrawn) === undefined ? found.state : withdrawn
  const ended = { ended_by: 'consent', ended_on: dayOf(act.services.now()) } as const
  const news = { sender_to_know: true, recipient_to_know: found.kind === 'inside' }
  if (!(await updateSteps(act, found, { state: to_state, ...ended, ...news })))
    throw new Error('a locked referral was changed by somebody else')
  await takePackageBack(act, found)
  await keepStep(act, found, { to_state, ended_by: 'consent', said: new Secret({}) })
}
