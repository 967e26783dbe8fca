import { checkRemembered, latestHead } from '../audit/service.ts'
import { encrypt } from '../platform/crypto/box.ts'
import { keyedHash, randomToken, sameBytes, tokenText } from '../platform/crypto/code.ts'
import { jointKey } from '../platform/crypto/keyring.ts'
import { newRefreshToken } from '../platform/crypto/refresh-token.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { totpStep } from '../platform/crypto/totp.ts'
import { packUserSecret, type UserSecret } from '../platform/crypto/user-secret.ts'
import { secondsAfter } from '../platform/kernel/clock.ts'
import { newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import { type Act, begin, type Op } from '../platform/operation/op.ts'
import { settleKeyrings } from '../platform/operation/rotation.ts'
import { keysOf, unlockedAs } from '../platform/operation/session.ts'
import { describeAccount, findMember } from './account.ts'
import type { IdentityParts } from './parts.ts'
import { isCheaplyLocked, type Lock, newLock, openWithPassphrase, pretendToOpen, sealSecret } from './passphrase.ts'
import { secondFactorNeeded, signInFailed } from './problems.ts'
import { coverAccount } from './recovery-shares.ts'
import { insertRefreshToken, insertSession, sessionPlace } from './repo-sessions.ts'
import { findUserByHandle, lockUser, replaceSecret, spendStep, type UserRow } from './repo-users.ts'
import type { SignIn } from './schema.ts'

const SESSION_SECONDS = 12 * 3600

/** Opens a session. It costs the same for a handle that does not exist. 401, 429, or 503 when too many are waiting. */
export async function signIn(op: Op<'session.open'>, parts: IdentityParts, input: SignIn & { address: string }) {
  await parts.attempts.count(input.handle, input.address)
  const user = await op.read((db) => findUserByHandle(db, keyedHash(op.services.pepper, 'handle', input.handle)))
  const opened = await openOrPretend(op, user, input)
  const member = user && (await op.read((db) => findMember(db, user.id)))
  if (user === undefined || opened === undefined || member === undefined || member.status === 'removed')
    return refuse(op, user)

  const step = await secondFactor(op, { user, secret: opened.secret, code: input.code })
  const raised = isCheaplyLocked(user) ? await newLock(input.passphrase) : null
  const unlocked = unlockedAs(newId('sessions'), opened.secret)
  const seen = opened.secret.register
  const account = await describeAccount(op.services, { member, secret: opened.secret, rule: parts.secondFactor })
  const own = await begin(op.services, { actor: account.actor, unlocked }, op.action)
  const session = await own.act(async (act) => {
    const current = await claimAccount(act, { user, step })
    if (account.actor.standing !== 'unconfirmed') await settle(act, parts)
    const audit = await compareTrail(act)
    const lock = raised ?? { kek: opened.kek, columns: {} }
    const hasSeenMore = opened.secret.register?.hash !== seen?.hash
    if (raised !== null || audit === 'consistent' || hasSeenMore) await rememberSecret(act, current, lock)
    return { ...(await openSession(act)), audit }
  })
  await parts.attempts.forgive(input.handle, input.address)
  return { ...session, me: account.me }
}

function openOrPretend({ services }: Op, user: UserRow | undefined, { handle, passphrase }: SignIn) {
  return user === undefined ? pretendToOpen(services, handle, passphrase) : openWithPassphrase(user, passphrase)
}

type Claim = { readonly user: UserRow; readonly step: number | undefined }

/**
 * Holds the account's row until the act ends, as it is now: another sign-in may have moved the checkpoint on. Whatever
 * else replaces a secret takes a fresh salt, and ends sessions; what was opened under the old one must not open one now.
 */
async function claimAccount(act: Act<'session.open'>, { user, step }: Claim): Promise<UserRow> {
  const current = await lockUser(act, user.id)
  if (!sameBytes(current.verifier_hash, user.verifier_hash)) throw new Problem(signInFailed)
  if (step !== undefined && !(await spendStep(act, user.id, step))) throw new Problem(signInFailed)
  return current
}

async function refuse(op: Op<'session.open'>, user: UserRow | undefined): Promise<never> {
  await op.witness('failed', user === undefined ? [] : [{ table: 'users', id: user.id }])
  throw new Problem(signInFailed)
}

type Factor = { readonly user: UserRow; readonly secret: UserSecret; readonly code: Secret<string> | undefined }

/** The step of a right code; undefined for an account without a second factor. */
async function secondFactor(op: Op<'session.open'>, { user, secret, code }: Factor): Promise<number | undefined> {
  if (secret.totp === null) return undefined
  if (code === undefined) {
    // Somebody knows the passphrase: the trail should show it.
    await op.witness('failed', [{ table: 'users', id: user.id }])
    throw new Problem(secondFactorNeeded)
  }
  const step = totpStep(secret.totp, code, op.services.now())
  return step ?? refuse(op, user)
}

/** What only a signed-in holder of keys can finish: rotations, grants that are due, recovery shares. */
async function settle(act: Act<'session.open'>, { grantDue }: IdentityParts): Promise<void> {
  await settleKeyrings(act)
  await grantDue(act)
  await coverAccount(act)
}

type Trail = 'consistent' | 'inconsistent' | 'not_checked'

/** Whether the trail still begins with what this account last saw of it; if so, today's head is what it saw. */
async function compareTrail(act: Act<'session.open'>): Promise<Trail> {
  const { secret } = keysOf(act)
  if (!act.actor.roles.includes('coordinator')) return 'not_checked'
  const verdict = secret.checkpoint === null ? 'consistent' : await checkRemembered(act.db, secret.checkpoint)
  if (verdict === 'consistent') secret.checkpoint = await latestHead(act.db)
  return verdict
}

async function rememberSecret(
  act: Act<'session.open'>,
  user: UserRow,
  lock: Lock | { kek: Lock['kek']; columns: object },
) {
  const owner = { ...user, secret_version: user.secret_version + 1 }
  await replaceSecret(act, user, { ...lock.columns, ...sealSecret(lock.kek, owner, keysOf(act).secret) })
}

/** A session row under HMAC(pepper, share), and the first refresh token. The share leaves in the tokens and is not kept. */
async function openSession(act: Act<'session.open'>) {
  const { sessionId, secret } = keysOf(act)
  const share = randomToken(32)
  const refresh = newRefreshToken(sessionId, share)
  const { organisationId } = act.actor
  if (organisationId === null) throw new Error('an account belongs to an organisation')
  const home = { id: sessionId, organisation_id: organisationId }
  await insertSession(act, {
    ...home,
    user_id: act.actor.id,
    secret: encrypt(jointKey(act.services.pepper, 'session', share), sessionPlace(home), packUserSecret(secret)),
    ends_at: secondsAfter(act.services.now(), SESSION_SECONDS),
  })
  const token_hash = keyedHash(act.services.pepper, 'refresh', refresh.token)
  await insertRefreshToken(act, { token_hash, session_id: sessionId })
  return {
    grant: { user_id: act.actor.id, session_id: sessionId, share: tokenText(share) },
    refresh_token: refresh.text,
  }
}
