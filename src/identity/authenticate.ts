import type { Actor } from '../platform/access/roles.ts'
import { decrypt, SealBroken } from '../platform/crypto/box.ts'
import { jointKey } from '../platform/crypto/keyring.ts'
import { tokenFrom } from '../platform/crypto/code.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { unpackUserSecret } from '../platform/crypto/user-secret.ts'
import { inSnapshot } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Services } from '../platform/operation/op.ts'
import type { Caller, Unlocked } from '../platform/operation/session.ts'
import { findLiveSession, sessionPlace } from './repo-sessions.ts'
import { isTrusted, rolesOf, type SecondFactorRule, standingOf } from './standing.ts'

type Claimed = { readonly sub: Id<'users'>; readonly sid: Id<'sessions'>; readonly share: string }
type Member = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>
type Known = { readonly unlocked: Unlocked; confirmed: string | null }

const KNOWN_MOST = 2_000

/**
 * Turns a token's claims into a caller. Roles are read from the database each time; only the opened keys of live
 * sessions are remembered, so that a request need not open them again.
 */
export function createAuthenticator(services: Services, rule: SecondFactorRule) {
  const known = new Map<string, Known>()

  return async ({ sub, sid, share }: Claimed): Promise<Caller | undefined> => {
    const name = `${sid} ${share}`
    const member = await findLiveSession(services.database, sid, sub)
    if (member === undefined) {
      known.delete(name)
      return undefined
    }
    const session = known.get(name) ?? unlock(services, member, share)
    if (session === undefined) return undefined
    remember(known, name, session)
    const isConfirmed = await hasSignedMembership(services, session, member)
    return {
      actor: actorOf(member, { isConfirmed, secret: session.unlocked.secret, rule }),
      unlocked: session.unlocked,
    }
  }
}

/** The least recently used goes first. */
function remember(known: Map<string, Known>, name: string, session: Known): void {
  known.delete(name)
  known.set(name, session)
  const [oldest] = known.keys()
  if (known.size > KNOWN_MOST && oldest !== undefined) known.delete(oldest)
}

function unlock({ pepper }: Services, member: Member, share: string): Known | undefined {
  try {
    const key = jointKey(pepper, 'session', tokenFrom(new Secret(share)))
    const secret = unpackUserSecret(decrypt(key, sessionPlace(member), member.secret))
    return { unlocked: { sessionId: member.id, secret, keyrings: new Map() }, confirmed: null }
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

/** Checked once for as long as the signed membership stays what it was. */
async function hasSignedMembership(services: Services, session: Known, member: Member): Promise<boolean> {
  if (member.status !== 'active') return false
  const { roles, is_intake, is_recovery_officer } = member
  const claim = JSON.stringify([member.confirmation?.toString('base64'), roles, is_intake, is_recovery_officer])
  if (session.confirmed === claim) return true
  const trusted = await inSnapshot(services.database, (db) => isTrusted(db, session.unlocked.secret, member.user_id))
  if (trusted) session.confirmed = claim
  return trusted
}

function actorOf(member: Member, standing: Parameters<typeof standingOf>[1]): Actor {
  const roles = rolesOf(member)
  return {
    id: member.user_id,
    organisationId: member.organisation_id,
    roles,
    standing: standingOf(roles, standing),
  }
}
