import { seedFrom, seedText } from '../platform/crypto/seed-text.ts'
import { newTotpSeed, totpStep, totpUri } from '../platform/crypto/totp.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { keysOf } from '../platform/operation/session.ts'
import type { IdentityParts } from './parts.ts'
import { chosenPassphrase, openWithPassphrase, sealUnderPassphrase } from './passphrase.ts'
import { signInFailed, wrongCode } from './problems.ts'
import { deleteSession, deleteSessionsOf } from './repo-sessions.ts'
import { findUser, replaceSecret, type UserRow } from './repo-users.ts'
import type { PassphraseChange, SecondFactor } from './schema.ts'

/** Seals the account's secret under another passphrase. One row changes, and every other session dies. */
export async function changePassphrase(
  op: Op<'account.change_passphrase'>,
  parts: IdentityParts,
  { passphrase, new_passphrase, address }: PassphraseChange & { address: string },
) {
  const { user, opened } = await prove(op, parts, { passphrase, address })
  const chosen = chosenPassphrase(new_passphrase, [])
  const owner = { ...user, secret_version: user.secret_version + 1 }
  const fresh = await sealUnderPassphrase(chosen.passphrase, owner, opened.secret)
  await op.act(async (act) => {
    if (!(await replaceSecret(act, user, fresh))) throw new Problem(staleVersion)
    await deleteSessionsOf(act, user.id, keysOf(act).sessionId)
  })
  return { passphrase: chosen.isGenerated ? chosen.passphrase : null }
}

/** A fresh seed to put into an authenticator. Nothing is kept until it comes back with a code. */
export function offerSecondFactor() {
  const seed = newTotpSeed()
  return { seed: seedText(seed), uri: totpUri(seed, 'Guvoh') }
}

/** Puts a second factor into the sealed secret, once a code shows that the authenticator has the seed. All sessions end. */
export async function enrolSecondFactor(
  op: Op<'account.enrol_second_factor'>,
  parts: IdentityParts,
  { passphrase, seed, code, address }: SecondFactor & { address: string },
): Promise<void> {
  const totp = seedFrom(seed)
  const step = totp && totpStep(totp, code, op.services.now())
  if (totp === undefined || step === undefined) throw new Problem(wrongCode)
  const { user, opened } = await prove(op, parts, { passphrase, address })
  const owner = { ...user, secret_version: user.secret_version + 1 }
  const fresh = await sealUnderPassphrase(passphrase, owner, { ...opened.secret, totp })
  await op.act(async (act) => {
    // Of another seed, so what was spent before counts no more.
    const spent = { ...fresh, totp_step: String(step) }
    if (!(await replaceSecret(act, user, spent))) throw new Problem(staleVersion)
    await deleteSessionsOf(act, user.id)
  })
}

export function signOut(op: Op<'session.close'>): Promise<void> {
  return op.act((act) => deleteSession(act, keysOf(act).sessionId))
}

type Proof = { readonly passphrase: PassphraseChange['passphrase']; readonly address: string }

/** A token alone is not enough for what outlives the session: the passphrase is asked for, and tries are counted. */
async function prove(op: Op, { attempts }: IdentityParts, { passphrase, address }: Proof) {
  await attempts.count(op.actor.id, address)
  const user: UserRow | undefined = await op.read((db) => findUser(db, op.actor.id))
  const opened = user && (await openWithPassphrase(user, passphrase))
  if (user === undefined || opened === undefined) {
    await op.witness('failed')
    throw new Problem(signInFailed)
  }
  await attempts.forgive(op.actor.id, address)
  return { user, opened }
}
