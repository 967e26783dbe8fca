import { workOnCase, type WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { invalidRequest, notAllowed, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { mustBeAllowed } from './consent.ts'
import { sendPackage, takePackageBack } from './packages.ts'
import { mayTake, referralPolicy, sideOf } from './policy.ts'
import { consentRequired, noSuchStep, notShared, referralEnded } from './problems.ts'
import { findReferral, markSeen, type ReferralRow, updateSteps } from './repo.ts'
import type { MoveNarrative, ReferralEnd, ReferralMove, ReferralReceipt, ReferralState } from './schema.ts'
import { keepStep } from './step.ts'
import { sharingStates, unsharedStates, type Way, wayOf, waysFrom } from './ways.ts'

const DAY_SECONDS = 86_400

type Moving = { readonly id: Id<'referrals'>; readonly version: number; readonly move: ReferralMove }
type Moved = Granted<'referral.move', ReferralRow>

/** Takes a referral one step along its way. */
export function moveReferral(op: Op<'referral.move'>, { id, version, move }: Moving): Promise<ReferralReceipt> {
  return op.act(async (act) => {
    const found = referralPolicy.grant(act, await findReferral(act, id))
    if (found.version !== version) throw new Problem(staleVersion)
    const way = wayTo(act, found, move)
    const consent = await groundFor(act, found, move)
    const ended = endedBy(act, way.ends_as ?? null)
    const steps = { state: move.to, ...consent, ...ended, ...dueOn(act, found, move.to), ...newsFor(act, found) }
    if (!(await updateSteps(act, found, steps))) throw new Problem(staleVersion)
    if (ended.ended_by !== null) await takePackageBack(act, found)
    await keepStep(act, found, { to_state: move.to, ended_by: ended.ended_by, said: move.said })
    return { id, version: version + 1, state: move.to }
  })
}

function wayTo(act: Act<'referral.move'>, found: Moved, { to, said }: ReferralMove): Way {
  if (found.ended_by !== null) throw new Problem(referralEnded, { ended_by: found.ended_by })
  const way = wayOf(found.state, to)
  if (way === undefined) throw new Problem(noSuchStep, { allowed: waysFrom(found.state).map((one) => one.to) })
  if (!mayTake(act.actor, found, way)) throw new Problem(notAllowed)
  mustFit(way, said)
  return way
}

function mustFit({ needs_reason_code = false }: Way, said: Secret<MoveNarrative>): void {
  const has = consult(said, ({ reason_code }) => reason_code !== undefined)
  if (has === needs_reason_code) return
  const detail = needs_reason_code ? 'say why it is declined' : 'is for a referral that is declined'
  throw new Problem(invalidRequest, { errors: [{ pointer: '#/said/reason_code', detail }] })
}

const endedBy = (act: Act, ended_by: ReferralRow['ended_by']) => ({
  ended_by,
  ended_on: ended_by === null ? null : dayOf(act.services.now()),
})

/** What a step stands on: a case at work, a consent where it shares, and what is handed over with it. */
async function groundFor(act: Act<'referral.move'>, found: Moved, { to, package_sha256 }: ReferralMove) {
  const mine = await mustBeAtWork(act, found, to)
  const consent = sharingStates.includes(to) ? await consentFor(act, found) : {}
  if (to === 'proposed' && mine !== undefined) await sendPackage(act, found, { found: mine, sha256: package_sha256 })
  return consent
}

/** The sender's case must be open for whatever shares; the recipient's, once there is one, is its own affair. */
async function mustBeAtWork(
  act: Act<'referral.move'>,
  found: Moved,
  to: ReferralState,
): Promise<WorkingCase | undefined> {
  if (sideOf(act.actor, found) === 'recipient') return undefined
  return workOnCase(act, found.case_id, { evenAtRest: !sharingStates.includes(to) })
}

/**
 * The consent under which it is shared, as it holds now. The register of consents is the sender's: for a step of the
 * recipient's the consent stands that the referral was shared under, for a word against it would have ended the referral.
 */
async function consentFor(act: Act<'referral.move'>, found: Moved) {
  if (sideOf(act.actor, found) === 'recipient') return consentThatStood(act, found)
  return mustBeAllowed(act, found)
}

function consentThatStood(act: Act<'referral.move'>, { consent_id, consent_until }: Moved) {
  const isOver = consent_until !== null && consent_until < dayOf(act.services.now())
  if (consent_id === null || isOver) throw new Problem(consentRequired, { why: ['expired'] })
  act.concerns('consents', consent_id)
  return { consent_id, consent_until }
}

function dueOn(act: Act, { answer_days }: Moved, to: ReferralState) {
  if (to !== 'proposed') return {}
  return { due_on: dayOf(secondsAfter(act.services.now(), answer_days * DAY_SECONDS)) }
}

/** The other side is to know of it. */
function newsFor(act: Act, found: ReferralRow) {
  if (found.kind === 'outside') return {}
  return sideOf(act.actor, found) === 'sender' ? { recipient_to_know: true } : { sender_to_know: true }
}

type Ending = { readonly id: Id<'referrals'>; readonly version: number; readonly end: ReferralEnd }

/** Either side may end what was shared, whatever its state: access ends with it. */
export function endReferral(op: Op<'referral.end'>, { id, version, end }: Ending): Promise<ReferralReceipt> {
  return op.act(async (act) => {
    const found = referralPolicy.grant(act, await findReferral(act, id))
    if (found.version !== version) throw new Problem(staleVersion)
    if (unsharedStates.includes(found.state)) throw new Problem(notShared)
    if (found.ended_by !== null) throw new Problem(referralEnded, { ended_by: found.ended_by })
    mustFit({ by: 'either' }, end.said)
    const ended_by = sideOf(act.actor, found)
    const steps = { ended_by, ended_on: dayOf(act.services.now()), ...newsFor(act, found) }
    if (!(await updateSteps(act, found, steps))) throw new Problem(staleVersion)
    await takePackageBack(act, found)
    await keepStep(act, found, { to_state: found.state, ended_by, said: end.said })
    return { id, version: version + 1, state: found.state }
  })
}

/** Whoever works on it has seen how it stands. */
export function noteSeen(op: Op<'referral.note_seen'>, id: Id<'referrals'>): Promise<void> {
  return op.act(async (act) => {
    const found = referralPolicy.grant(act, await findReferral(act, id))
    await markSeen(act, found, sideOf(act.actor, found))
  })
}
