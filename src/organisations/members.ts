import { giveUpLeads, leaveAllCases, replaceKeysOf } from '../cases/service.ts'
import { dismissOfficer, endSessionsOf, forgetRecovery } from '../identity/service.ts'
import type { Action } from '../platform/access/roles.ts'
import { fingerprint, sign } from '../platform/crypto/signing.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { enter, membershipOf, rememberRegister } from '../platform/operation/register.ts'
import { settleKeyrings } from '../platform/operation/rotation.ts'
import { anchorOf, keysOf } from '../platform/operation/session.ts'
import { confirmationParts, trustedKeys } from '../platform/operation/trust.ts'
import { grantDue, keyringsOf, maySignShared, rotateAway } from './entitlement.ts'
import { memberPolicy } from './policy.ts'
import {
  alreadyConfirmed,
  cannotRemoveAnchor,
  casesToHandOver,
  notConfirmedYet,
  stillVouches,
  tooManyOfficers,
  wrongFingerprint,
} from './problems.ts'
import {
  countOfficers,
  findAnchor,
  findMember,
  hasConfirmedOthers,
  listMembers,
  lockMember,
  type MemberRow,
  raiseRecoveryEpoch,
  revealMembers,
  updateMember,
} from './repo.ts'
import type { MemberChange } from './schema.ts'

/** Shares are made for each set of officers that could restore an account: their number grows fast. */
const OFFICERS_MOST = 12

const printOf = (row: Pick<MemberRow, 'agreement_key' | 'signing_key'>) =>
  fingerprint(row.agreement_key, row.signing_key)

export function readMembers(op: Op<'member.list'>) {
  return op.act(async (act) => {
    const rows = await listMembers(act.db, { organisation_id: act.actor.organisationId })
    const opened = await revealMembers(act, memberPolicy.grantEach(act, rows))
    return { items: opened.map((row) => ({ ...row, fingerprint: printOf(row) })) }
  })
}

export function readMember(op: Op<'member.read'>, id: Id<'users'>) {
  return op.act((act) => reread(act, id))
}

type Confirmation = { readonly id: Id<'users'>; readonly version: number; readonly fingerprint: string }

/**
 * Signs a member's keys, roles and marks, after the fingerprint was compared; then shares what the member should hold.
 * Only current roots are handed on, so what rotations have left behind is settled first.
 */
export function confirmMember(op: Op<'member.confirm'>, confirmation: Confirmation) {
  return enteredBy(op, async (act) => {
    const member = memberPolicy.grant(act, await findMember(act.db, confirmation.id))
    if (member.status !== 'unconfirmed') throw new Problem(alreadyConfirmed)
    if (printOf(member) !== confirmation.fingerprint) throw new Problem(wrongFingerprint)
    const signed = { ...(await signatureOver(act, member)), status: 'active' as const, version: confirmation.version }
    if (!(await updateMember(act, member, signed))) throw new Problem(staleVersion)
    await trustedKeys(act.db, anchorOf(act), member.id)
    await enter(act, [{ member: membershipOf({ ...member, status: 'active' }) }])
    if (member.is_recovery_officer) await changeOfficers(act, member)
    await settleKeyrings(act)
    await grantDue(act)
    return reread(act, member.id)
  })
}

type Change = MemberChange & { readonly id: Id<'users'>; readonly version: number }

/** Other roles and marks, signed anew. What they no longer entitle to gets a new root; what they newly do is granted. */
export function changeMember(op: Op<'member.change'>, { id, version, ...wish }: Change) {
  return enteredBy(op, async (act) => {
    const member = memberPolicy.grant(act, await findMember(act.db, id))
    if (member.status !== 'active') throw new Problem(notConfirmedYet)
    const { roles, is_intake, is_recovery_officer } = { ...member, ...defined(wish) }
    const changed = { roles, is_intake, is_recovery_officer }
    const signed = { ...changed, ...(await signatureOver(act, { ...member, ...changed })), version }
    if (!(await updateMember(act, member, signed))) throw new Problem(staleVersion)
    if (!roles.includes('coordinator') && (await hasConfirmedOthers(act.db, id))) throw new Problem(stillVouches)
    await trustedKeys(act.db, anchorOf(act), id)
    await enter(act, [{ member: membershipOf({ ...member, ...changed, status: 'active' }) }])

    await settleKeyrings(act)
    await leaveCases(act, member, changed)
    await takeBack(act, member, changed)
    if (is_recovery_officer !== member.is_recovery_officer) await changeOfficers(act, { ...member, ...changed })
    await grantDue(act)
    return reread(act, id)
  })
}

/**
 * What a change of roles means for cases: whoever works on none any more leaves them, as at a removal; whoever may lead
 * none any more passes the lead on; and a key that somebody made who may make none any more is replaced.
 */
async function leaveCases(act: Act<'member.change'>, { id, ...before }: MemberRow, after: Roles): Promise<void> {
  const loses = (right: (of: Roles) => boolean) => right(before) && !right(after)
  if (loses(worksOnCases)) {
    const cases = await leaveAllCases(act, id)
    if (cases.length > 0) throw new Problem(casesToHandOver, { cases })
  } else if (loses(leadsCases)) await giveUpLeads(act, id)
  if (loses(makesCaseKeys)) await replaceKeysOf(act, id)
}

type Roles = Pick<MemberRow, 'roles'>

const worksOnCases = ({ roles }: Roles) => roles.some((role) => ['lawyer', 'clinician', 'coordinator'].includes(role))
const leadsCases = ({ roles }: Roles) => roles.some((role) => ['lawyer', 'coordinator'].includes(role))
const makesCaseKeys = (of: Roles) => worksOnCases(of) || of.roles.includes('administrator')

/** New roots for what the change takes away, and for what carries a signature that no longer counts. */
async function takeBack(act: Act, before: MemberRow, after: Pick<MemberRow, 'roles' | 'is_intake'>): Promise<void> {
  const lost = keyringsOf(before).filter((kind) => !keyringsOf(after).includes(kind))
  const losesSignature = maySignShared(before) && !maySignShared(after)
  if (lost.length === 0 && !losesSignature) return
  await rotateAway(act, ({ kind, signed_by }) => lost.includes(kind) || (losesSignature && signed_by === before.id))
}

/** Another set of recovery officers. Raising the epoch holds the organisation's row, so that nobody else counts meanwhile. */
async function changeOfficers(act: Act, member: Pick<MemberRow, 'id' | 'organisation_id' | 'is_recovery_officer'>) {
  await raiseRecoveryEpoch(act, member.organisation_id)
  if (!member.is_recovery_officer) return dismissOfficer(act, member.id)
  if ((await countOfficers(act.db, member.organisation_id)) > OFFICERS_MOST) throw new Problem(tooManyOfficers)
}

type Removal = { readonly id: Id<'users'>; readonly version: number }

/** Ends a membership: sessions die, and every keyring that the member held gets a new root, all in one act. */
export function removeMember(op: Op<'member.remove'>, { id, version }: Removal) {
  return enteredBy(op, async (act) => {
    const member = memberPolicy.grant(act, await findMember(act.db, id))
    const anchor = await findAnchor(act.db)
    if (anchor?.anchor_id === id) throw new Problem(cannotRemoveAnchor)
    const removed = { status: 'removed' as const, removed_on: dayOf(act.services.now()), version }
    if (!(await updateMember(act, member, removed))) throw new Problem(staleVersion)
    if (member.status === 'active') await enter(act, [{ member: membershipOf({ ...member, status: 'removed' }) }])
    await endSessionsOf(act, id)
    await forgetRecovery(act, id)
    const cases_kept = await leaveAllCases(act, id)
    await settleKeyrings(act)
    // An unconfirmed member was never given anything.
    if (member.status === 'active') await rotateAway(act, ({ kind }) => keyringsOf(member).includes(kind))
    if (member.is_recovery_officer) await changeOfficers(act, { ...member, is_recovery_officer: false })
    return { id, version: version + 1, cases_kept }
  })
}

/** An act that enters something into the register; whoever did it remembers that it is there. */
async function enteredBy<A extends Action, T>(op: Op<A>, work: (act: Act<A>) => Promise<T>): Promise<T> {
  const result = await op.act(work)
  await rememberRegister(op)
  return result
}

/** The signer's own row is held, so that nobody takes the role away under which this signature counts. */
async function signatureOver(act: Act, member: MemberRow) {
  await lockMember(act, act.actor.id)
  const confirmation = sign(keysOf(act).secret.signing, ...confirmationParts(member))
  return { confirmed_by: act.actor.id, confirmation }
}

async function reread(act: Act<'member.read' | 'member.confirm' | 'member.change'>, id: Id<'users'>) {
  const [member] = await revealMembers(act, [memberPolicy.grant(act, await findMember(act.db, id))])
  if (member === undefined) throw new Error('a granted row was not revealed')
  act.concerns('members', id)
  return { ...member, fingerprint: printOf(member) }
}

/** Only what was asked for: an absent field is no change. */
const defined = ({ roles, is_intake, is_recovery_officer }: MemberChange) => ({
  ...(roles !== undefined && { roles }),
  ...(is_intake !== undefined && { is_intake }),
  ...(is_recovery_officer !== undefined && { is_recovery_officer }),
})
