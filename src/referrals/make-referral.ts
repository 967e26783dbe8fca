import { workOnCase } from '../cases/service.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { anchorOf } from '../platform/operation/session.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { canSendTo } from '../providers/service.ts'
import { referralPolicy } from './policy.ts'
import { alreadyShared, tooManyReferrals, unknownRecipient } from './problems.ts'
import {
  countReferrals,
  findReferral,
  insertReferral,
  REFERRALS_MOST,
  type ReferralContents,
  revealReferrals,
  updateContents,
} from './repo.ts'
import type { NewReferral, ReferralChange, ReferralReceipt } from './schema.ts'
import { unsharedStates } from './ways.ts'

type Making = { readonly case_id: Id<'cases'>; readonly referral: NewReferral }

/** Drafts a referral. Nobody outside learns of it before it is proposed; coordinators read which help is asked for. */
export function makeReferral(op: Op<'referral.create'>, { case_id, referral }: Making): Promise<ReferralReceipt> {
  return op.act(async (act) => {
    const { organisation_id, held } = await workOnCase(act, case_id)
    if ((await countReferrals(act.db, case_id)) >= REFERRALS_MOST) throw new Problem(tooManyReferrals)
    const { provider_id } = referral.to
    if (!(await canSendTo(act, provider_id))) throw new Problem(unknownRecipient)
    const stamp = { made_by: act.actor.id, made_on: dayOf(act.services.now()) }
    const row = { id: newId('referrals'), case_id, organisation_id, kind: 'outside' as const, recipient_id: null }
    const books = await writableKeyrings({ db: act.db, anchor: anchorOf(act) }, [
      { organisation_id, kind: 'statistics' },
    ])
    const access = await createRecordKey(act, row, [
      { part: 'record', heldAs: held },
      ...books.map((to) => ({ part: 'facts' as const, to })),
    ])
    const values = { ...referral, identity: new Secret({ provider_id }) }
    await insertReferral(act, { ...row, ...stamp, answer_days: referral.answer_days }, { access, values })
    return { id: row.id, version: 1, state: 'draft' }
  })
}

type Changing = { readonly id: Id<'referrals'>; readonly version: number; readonly change: ReferralChange }

/** Replaces the classes that are given, as long as nothing was shared. */
export function changeReferral(op: Op<'referral.change'>, { id, version, change }: Changing): Promise<ReferralReceipt> {
  return op.act(async (act) => {
    const found = referralPolicy.grant(act, await findReferral(act, id))
    await workOnCase(act, found.case_id)
    if (found.version !== version) throw new Problem(staleVersion)
    if (!unsharedStates.includes(found.state)) throw new Problem(alreadyShared)
    const values = merged((await revealReferrals(act, [found]))[0], change)
    const access = await renewRecordKey(act, found)
    const answer_days = change.answer_days ?? found.answer_days
    if (!(await updateContents(act, found, { access, values, answer_days }))) throw new Problem(staleVersion)
    return { id, version: version + 1, state: found.state }
  })
}

type Before = Awaited<ReturnType<typeof revealReferrals>>[number]

function merged(before: Before | undefined, { narrative, facts }: ReferralChange): ReferralContents {
  if (!before?.identity || !before.narrative || !before.facts) throw new Problem(notFound)
  return {
    identity: before.identity,
    narrative: narrative ?? before.narrative,
    facts: facts ?? before.facts,
  }
}
