import { decrypt, SealBroken } from '../platform/crypto/box.ts'
import { keyedHash, tokenText } from '../platform/crypto/code.ts'
import { jointKey } from '../platform/crypto/keyring.ts'
import { newRefreshToken, parseRefreshToken, type RefreshToken } from '../platform/crypto/refresh-token.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { type UserSecret, unpackUserSecret } from '../platform/crypto/user-secret.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { describeAccount, findMember } from './account.ts'
import type { IdentityParts } from './parts.ts'
import { refreshFailed } from './problems.ts'
import {
  deleteSession,
  findStolenFamily,
  insertRefreshToken,
  sessionPlace,
  spendRefreshToken,
  touchSession,
} from './repo-sessions.ts'
import type { Refresh } from './schema.ts'

/** Trades a refresh token for new tokens, once. A token that comes back later than a repetition could ends the session. */
export async function refreshSession(op: Op<'session.refresh'>, parts: IdentityParts, { refresh_token }: Refresh) {
  const parsed = parseRefreshToken(refresh_token)
  if (parsed === undefined) {
    await op.witness('failed')
    throw new Problem(refreshFailed)
  }
  const renewed = await op.act((act) => renew(act, parsed))
  if ('stolen' in renewed) {
    // The end of the session is one event, done and kept; that somebody came with its token is another.
    await op.witness('denied', [{ table: 'sessions', id: renewed.stolen }])
    throw new Problem(refreshFailed)
  }
  const { session, member, secret, refresh } = renewed
  const { me } = await describeAccount(op.services, { member, secret, rule: parts.secondFactor })
  const grant = { user_id: session.user_id, session_id: session.id, share: tokenText(parsed.share) }
  return { grant, refresh_token: refresh, me, audit: 'not_checked' as const }
}

/** New tokens; or the session that ended, because its token was stolen: that must be committed and not thrown. */
async function renew(act: Act<'session.refresh'>, parsed: RefreshToken) {
  const hash = keyedHash(act.services.pepper, 'refresh', parsed.token)
  const spent = await spendRefreshToken(act, hash)
  if (spent === undefined) {
    const stolen = await findStolenFamily(act, hash)
    if (stolen === undefined) throw new Problem(refreshFailed)
    await deleteSession(act, stolen)
    return { stolen }
  }
  const session = await touchSession(act, spent)
  const member = session && (await findMember(act.db, session.user_id))
  if (session === undefined || member === undefined || member.status === 'removed') throw new Problem(refreshFailed)
  const secret = openSecret(act, session, parsed.share)
  const { text, token } = newRefreshToken(session.id, parsed.share)
  const token_hash = keyedHash(act.services.pepper, 'refresh', token)
  await insertRefreshToken(act, { token_hash, session_id: session.id })
  act.concerns('sessions', session.id)
  return { session, member, secret, refresh: text }
}

type Session = NonNullable<Awaited<ReturnType<typeof touchSession>>>

function openSecret(act: Act, session: Session, share: Secret<Uint8Array>): UserSecret {
  try {
    const key = jointKey(act.services.pepper, 'session', share)
    return unpackUserSecret(decrypt(key, sessionPlace(session), session.secret))
  } catch (error) {
    throw error instanceof SealBroken ? new Problem(refreshFailed) : error
  }
}
