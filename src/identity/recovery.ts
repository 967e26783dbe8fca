import { homeOf } from '../platform/access/home.ts'
import { agreementKeyFrom } from '../platform/crypto/agreement.ts'
import { openKey, sealKey } from '../platform/crypto/box.ts'
import { codeHash, codeKey, keyedHash, newCode, sameBytes } from '../platform/crypto/code.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { fingerprint } from '../platform/crypto/signing.ts'
import { joinShares } from '../platform/crypto/split.ts'
import { type UserSecret, unpackUserSecret } from '../platform/crypto/user-secret.ts'
import { secondsAfter } from '../platform/kernel/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { keysOf } from '../platform/operation/session.ts'
import { findMember } from './account.ts'
import type { IdentityParts } from './parts.ts'
import { chosenPassphrase, sealUnderPassphrase } from './passphrase.ts'
import { noSharesHeld, recoveryNotReady, wrongFingerprint } from './problems.ts'
import {
  approvalPlace,
  findOpenRecovery,
  findRecoveryRule,
  insertApprovals,
  insertRecovery,
  listApprovals,
  listOpenRecoveries,
  listSharesHeldBy,
  markCompleted,
  sharePlace,
} from './repo-recovery.ts'
import { deleteSessionsOf } from './repo-sessions.ts'
import { findUser, findUserByHandle, replaceSecret, type UserRow } from './repo-users.ts'
import type { RecoveryCompletion, RecoveryStart } from './schema.ts'

const LIFE_SECONDS = 72 * 3600

const temporaryKey = (code: Secret<string>) => agreementKeyFrom(codeKey('recovery', code))
const spoken = (publicKey: Uint8Array) => fingerprint(publicKey, publicKey)

/** Starts the recovery of an account whose passphrase is lost. An unknown handle gets the same kind of answer. */
export async function startRecovery(
  op: Op<'recovery.start'>,
  { attempts }: IdentityParts,
  { handle, address }: RecoveryStart & { address: string },
) {
  await attempts.count(`recovery ${handle}`, address)
  const code = newCode()
  const { publicKey } = temporaryKey(code)
  const expires_at = secondsAfter(op.services.now(), LIFE_SECONDS)
  await op.act(async (act) => {
    const user = await findUserByHandle(act.db, keyedHash(op.services.pepper, 'handle', handle))
    const member = user && (await findMember(act.db, user.id))
    if (user === undefined || member === undefined || member.status === 'removed') return
    await insertRecovery(act, {
      id: newId('recoveries'),
      user_id: user.id,
      organisation_id: user.organisation_id,
      code_hash: codeHash(op.services.pepper, 'recovery', code),
      agreement_key: Buffer.from(publicKey),
      expires_at,
    })
  })
  return { code, fingerprint: spoken(publicKey), expires_at: expires_at.toISOString() }
}

/** The recoveries that wait for officers of the caller's organisation. */
export function listRecoveries(op: Op<'recovery.list'>) {
  return op.read(async (db) => {
    const organisationId = homeOf(op.actor)
    const { threshold } = await findRecoveryRule(db, organisationId)
    const rows = await listOpenRecoveries(db, organisationId)
    const items = rows.map((row) => ({
      ...row,
      approvals: Number(row.approvals ?? 0),
      threshold,
      expires_at: row.expires_at.toISOString(),
    }))
    return { items }
  })
}

type Approval = { readonly id: Id<'recoveries'>; readonly fingerprint: string }

/** Sends the officer's shares on to the recovery's key, after the fingerprint was heard from the person. */
export function approveRecovery(op: Op<'recovery.approve'>, approval: Approval): Promise<void> {
  return op.act(async (act) => {
    const recovery = await findOpenRecovery(act.db, { id: approval.id })
    if (recovery === undefined || recovery.organisation_id !== act.actor.organisationId) throw new Problem(notFound)
    if (approval.fingerprint !== spoken(recovery.agreement_key)) throw new Problem(wrongFingerprint)
    const shares = await listSharesHeldBy(act.db, recovery.user_id, act.actor.id)
    if (shares.length === 0) throw new Problem(noSharesHeld)
    act.concerns('recoveries', recovery.id)
    act.concerns('users', recovery.user_id)
    const { agreement } = keysOf(act).secret
    await insertApprovals(
      act,
      shares.map((row) => {
        const share = openKey(agreement, sharePlace(row), row.share)
        const { officer_id, epoch, subset } = row
        const sealed = sealKey(recovery.agreement_key, approvalPlace(row, recovery.id), share)
        return { recovery_id: recovery.id, officer_id, epoch, subset, share: sealed }
      }),
    )
  })
}

/** Restores the account under a new passphrase, once enough officers have approved. Its second factor must be set anew. */
export async function completeRecovery(
  op: Op<'recovery.complete'>,
  { attempts }: IdentityParts,
  { code, passphrase, address }: RecoveryCompletion & { address: string },
) {
  const hash = codeHash(op.services.pepper, 'recovery', code)
  await attempts.count(`recovery code ${hash.toString('hex')}`, address)
  const ready = await op.read((db) => findReady(db, hash, code))
  if (ready === undefined) {
    await op.witness('failed')
    throw new Problem(recoveryNotReady)
  }
  const { recovery, user, secret } = ready
  const chosen = chosenPassphrase(passphrase, [])
  const owner = { ...user, secret_version: user.secret_version + 1 }
  const fresh = await sealUnderPassphrase(chosen.passphrase, owner, secret)
  await op.act(async (act) => {
    if (!(await markCompleted(act, recovery.id))) throw new Problem(recoveryNotReady)
    if (!(await replaceSecret(act, user, fresh))) throw new Problem(recoveryNotReady)
    await deleteSessionsOf(act, user.id)
  })
  return { passphrase: chosen.isGenerated ? chosen.passphrase : null }
}

/** The recovery of that code with what the officers' shares restore; undefined as long as they do not. */
async function findReady(db: Reader, hash: Buffer, code: Secret<string>) {
  const recovery = await findOpenRecovery(db, { code_hash: hash })
  const user = recovery && (await findUser(db, recovery.user_id))
  if (recovery === undefined || user === undefined) return undefined
  const { threshold } = await findRecoveryRule(db, recovery.organisation_id)
  const approvals = await listApprovals(db, recovery.id)
  const secret = restore({ code, user, approvals, threshold })
  return secret && { recovery, user, secret }
}

type Approvals = Awaited<ReturnType<typeof listApprovals>>
type Restoring = { code: Secret<string>; user: UserRow; approvals: Approvals; threshold: number }

/** The account's secret from the first subset of officers that is complete. It must hold the account's own keys. */
function restore({ code, user, approvals, threshold }: Restoring): UserSecret | undefined {
  const key = temporaryKey(code)
  const subsets = new Set(approvals.map(({ epoch, subset }) => `${String(epoch)}/${String(subset)}`))
  for (const name of subsets) {
    const parts = approvals.filter(({ epoch, subset }) => `${String(epoch)}/${String(subset)}` === name)
    if (parts.length < threshold) continue
    const shares = parts.map((part) =>
      openKey(
        key,
        approvalPlace({ ...part, user_id: user.id, organisation_id: user.organisation_id }, part.recovery_id),
        part.share,
      ),
    )
    const secret = unpackUserSecret(joinShares(shares))
    if (sameBytes(secret.agreement.publicKey, user.agreement_key)) return secret
  }
  return undefined
}
