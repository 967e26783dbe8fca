import { insertAccount, type PreparedUser, prepareUser } from '../identity/service.ts'
import { homeOf } from '../platform/access/home.ts'
import type { Actor } from '../platform/access/roles.ts'
import { codeHash, newCode } from '../platform/crypto/code.ts'
import { fingerprint } from '../platform/crypto/signing.ts'
import { secondsAfter } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import { type Act, begin, type Op } from '../platform/operation/op.ts'
import { createRecordKey, type RecordReader } from '../platform/operation/record-keys.ts'
import { anchorOf, unlockedAs } from '../platform/operation/session.ts'
import { founderRoles } from './founding.ts'
import { makeKeyring, sharedReader } from './keyring-making.ts'
import { invitationRefused, wrongAnchor } from './problems.ts'
import { describeOrganisation, findAnchor, insertMember, insertOrganisation } from './repo.ts'
import {
  findOpenInvitation,
  insertInvitation,
  listOpenInvitations,
  lockInvitation,
  markAccepted,
} from './repo-invitations.ts'
import type { Acceptance, NewInvitation, NewOrganisation } from './schema.ts'
import { ownWords, welcome } from './welcome.ts'

const LIFE_SECONDS = 72 * 3600

type Offer = NewInvitation & { readonly organisation_id: Id<'organisations'>; readonly is_founder: boolean }

/** A one-time code for a new member; it is shown once, and works for 72 hours. */
export function invite(op: Op<'invitation.create'>, wish: NewInvitation) {
  return op.act((act) => issue(act, { ...wish, organisation_id: homeOf(act.actor), is_founder: false }))
}

/** Another organisation joins: its name, sealed to the coalition, and an invitation for its founder. */
export function createOrganisation(op: Op<'organisation.create'>, { profile }: NewOrganisation) {
  return op.act(async (act) => {
    const id = newId('organisations')
    await insertOrganisation(act, id)
    const access = await createRecordKey(act, { id, organisation_id: id }, [await coalitionReader(act)])
    await describeOrganisation(act, id, { access, profile })
    const marks = { roles: [...founderRoles], is_intake: true, is_recovery_officer: false }
    const invitation = await issue(act, { ...marks, organisation_id: id, is_founder: true })
    return { id, invitation }
  })
}

async function coalitionReader(act: Act): Promise<RecordReader> {
  const founder = await findAnchor(act.db)
  if (founder === undefined) throw new Error('a coalition has a founder')
  return sharedReader(act, { organisation_id: founder.organisation_id, kind: 'coalition' })
}

async function issue(act: Act<'invitation.create' | 'organisation.create'>, offer: Offer) {
  const code = newCode()
  const expires_at = secondsAfter(act.services.now(), LIFE_SECONDS)
  const invitation = { id: newId('invitations'), ...offer }
  await insertInvitation(act, {
    ...invitation,
    code_hash: codeHash(act.services.pepper, 'invitation', code),
    invited_by: act.actor.id,
    expires_at,
  })
  return { ...invitation, expires_at: expires_at.toISOString(), code, anchor: anchorOf(act) }
}

export function listInvitations(op: Op<'invitation.list'>) {
  return op.read(async (db) => {
    const rows = await listOpenInvitations(db, op.actor.organisationId)
    return { items: rows.map((row) => ({ ...row, expires_at: row.expires_at.toISOString() })) }
  })
}

type Invitation = NonNullable<Awaited<ReturnType<typeof findOpenInvitation>>>

/** A new account with keys of its own, not yet confirmed: nothing is shared with it until a coordinator has signed. */
export async function acceptInvitation(op: Op<'invitation.accept'>, { code, anchor, profile, ...own }: Acceptance) {
  const hash = codeHash(op.services.pepper, 'invitation', code)
  const { invitation, founder } = await op.read(async (db) => ({
    invitation: await findOpenInvitation(db, hash),
    founder: await findAnchor(db),
  }))
  if (invitation === undefined || founder === undefined) {
    await op.witness('failed')
    throw new Problem(invitationRefused)
  }
  const pinned = fingerprint(founder.agreement_key, founder.signing_key)
  if (anchor !== undefined && anchor !== pinned) throw new Problem(wrongAnchor)

  const { organisation_id } = invitation
  const names = ownWords(profile)
  const user = await prepareUser(op.services, { organisation_id, ...own, names, anchor: pinned })
  await joinAs(op, { user, invitation, profile })
  return welcome(user)
}

type Joining = { user: PreparedUser; invitation: Invitation; profile: Acceptance['profile'] }

/** The rest is done by the new account itself, with its own keys. */
async function joinAs(op: Op<'invitation.accept'>, { user, invitation, profile }: Joining): Promise<void> {
  const { organisation_id, roles, is_intake, is_recovery_officer, is_founder } = invitation
  const actor: Actor = { id: user.row.id, organisationId: organisation_id, roles: [], standing: 'full' }
  const unlocked = unlockedAs(newId('sessions'), user.secret)
  const own = await begin(op.services, { actor, unlocked }, op.action)
  await own.act(async (act) => {
    // Held before the account is made: whoever sends it twice learns that it was used, not that the handle is taken.
    if (!(await lockInvitation(act, invitation.id))) throw new Problem(invitationRefused)
    await insertAccount(act, user)
    await markAccepted(act, invitation.id, user.row.id)
    await makeKeyring(act, { organisation_id, kind: 'personal', owner_id: user.row.id })
    const member = { id: user.row.id, organisation_id, roles, is_intake, is_recovery_officer }
    const access = await createRecordKey(act, member, [await directoryReader(act, { organisation_id, is_founder })])
    await insertMember(act, member, { access, profile })
  })
}

/** A founder makes the organisation's keyrings; everybody else writes to its directory without being able to read it yet. */
async function directoryReader(
  act: Act,
  { organisation_id, is_founder }: Pick<Invitation, 'organisation_id' | 'is_founder'>,
): Promise<RecordReader> {
  if (is_founder) {
    await makeKeyring(act, { organisation_id, kind: 'intake' })
    await makeKeyring(act, { organisation_id, kind: 'statistics' })
    await makeKeyring(act, { organisation_id, kind: 'assistance' })
    return { part: 'record', heldAs: await makeKeyring(act, { organisation_id, kind: 'directory' }) }
  }
  return sharedReader(act, { organisation_id, kind: 'directory' })
}
