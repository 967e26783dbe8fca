import { workOnCase } from '../cases/service.ts'
import { homeOf } from '../platform/access/home.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import { findKeyrings } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
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
    const recipient = await recipientOf(act, referral)
    const stamp = { made_by: act.actor.id, made_on: dayOf(act.services.now()) }
    const row = { id: newId('referrals'), case_id, organisation_id, ...recipient.row }
    const books = await writableKeyrings(act, [{ organisation_id, kind: 'statistics' }])
    const access = await createRecordKey(act, row, [
      { part: 'record', heldAs: held },
      ...books.map((to) => ({ part: 'facts' as const, to })),
    ])
    const values = { ...referral, identity: recipient.identity }
    await insertReferral(act, { ...row, ...stamp, answer_days: referral.answer_days }, { access, values })
    return { id: row.id, version: 1, state: 'draft' }
  })
}

/** A provider of a directory that the actor reads, or another organisation of the coalition that has come to be. */
async function recipientOf(act: Act<'referral.create'>, { to }: NewReferral) {
  if ('provider_id' in to) {
    if (!(await canSendTo(act, to.provider_id))) throw new Problem(unknownRecipient)
    return { row: { kind: 'outside' as const, recipient_id: null }, identity: new Secret(to) }
  }
  const { organisation_id } = to
  const isThere = (await findKeyrings(act.db, organisation_id, ['intake'])).size > 0
  if (!isThere || organisation_id === homeOf(act.actor)) throw new Problem(unknownRecipient)
  return { row: { kind: 'inside' as const, recipient_id: organisation_id }, identity: new Secret({}) }
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
