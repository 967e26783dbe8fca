import type { Actor } from '../platform/access/roles.ts'
import { decrypt, SealBroken } from '../platform/crypto/box.ts'
import { jointKey } from '../platform/crypto/keyring.ts'
import { tokenFrom } from '../platform/crypto/code.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { unpackUserSecret } from '../platform/crypto/user-secret.ts'
import { joined } from '../platform/database/joined.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Services } from '../platform/operation/op.ts'
import { type Caller, unlockedAs } from '../platform/operation/session.ts'
import { entriesKnown } from '../platform/operation/register.ts'
import { findLiveSessions, type LiveSession, sessionPlace } from './repo-sessions.ts'
import { type Known, sessionMemory } from './session-memory.ts'
import { isMember, rolesOf, type SecondFactorRule, standingOf } from './standing.ts'

type Claimed = { readonly sub: Id<'users'>; readonly sid: Id<'sessions'>; readonly share: string }

/**
 * Turns a token's claims into a caller. Roles are read from the database each time; only the opened keys of live
 * sessions are remembered, so that a request need not open them again.
 */
export function createAuthenticator(services: Services, rule: SecondFactorRule) {
  const memory = sessionMemory()
  const findLive = joined((ids: readonly Id<'sessions'>[]) => findLiveSessions(services.database, ids))

  return async ({ sub, sid, share }: Claimed): Promise<Caller | undefined> => {
    const name = `${sid} ${share}`
    const member = await findLive(sid)
    if (member?.user_id !== sub) {
      memory.forget(name)
      return undefined
    }
    const session = memory.find(name) ?? unlock(services, member, share)
    if (session === undefined) return undefined
    memory.keep(name, session)
    const isConfirmed = await hasSignedMembership(services, session, member)
    return {
      actor: actorOf(member, { isConfirmed, secret: session.unlocked.secret, rule }),
      unlocked: session.unlocked,
    }
  }
}

function unlock({ pepper }: Services, member: LiveSession, share: string): Known | undefined {
  try {
    const key = jointKey(pepper, 'session', tokenFrom(new Secret(share)))
    const secret = unpackUserSecret(decrypt(key, sessionPlace(member), member.secret))
    return { unlocked: unlockedAs(member.id, secret), confirmed: null }
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

/** Checked once for as long as the signed membership and the register stay what they were. */
async function hasSignedMembership(services: Services, session: Known, member: LiveSession): Promise<boolean> {
  if (member.status !== 'active') return false
  const { secret } = session.unlocked
  const { register_number } = member
  const claim = claimOf(member)
  if (session.confirmed === claim && entriesKnown(services, secret) === register_number) return true
  const trusted = await isMember(services, secret, member.user_id)
  // What was checked may be newer than what was read before.
  if (trusted && (secret.register?.number ?? 0) === register_number) session.confirmed = claim
  return trusted
}

const claimOf = ({ confirmation, roles, is_intake, is_recovery_officer, register_number }: LiveSession): string =>
  JSON.stringify([confirmation?.toString('base64'), roles, is_intake, is_recovery_officer, register_number])

function actorOf(member: LiveSession, standing: Parameters<typeof standingOf>[1]): Actor {
  const roles = rolesOf(member)
  return {
    id: member.user_id,
    organisationId: member.organisation_id,
    roles,
    standing: standingOf(roles, standing),
  }
}
