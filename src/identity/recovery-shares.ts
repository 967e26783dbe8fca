import { homeOf } from '../platform/access/home.ts'
import { sealKey } from '../platform/crypto/box.ts'
import { splitForOfficers } from '../platform/crypto/split.ts'
import { packUserSecret } from '../platform/crypto/user-secret.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { membersAmong } from '../platform/operation/register.ts'
import { keysOf } from '../platform/operation/session.ts'
import { findRecoveryRule, hasShares, listCoverage, listOfficers, replaceShares, sharePlace } from './repo-recovery.ts'

/**
 * Splits the signed-in account's keys among the recovery officers, once for each set of officers: for every subset that
 * is large enough, a share to each. The officers' keys must be confirmed. Without enough officers nothing is done, and
 * the coverage page shows it.
 */
export async function coverAccount(act: Act): Promise<void> {
  const { organisationId, id } = act.actor
  if (organisationId === null) return
  const { threshold, epoch } = await findRecoveryRule(act.db, organisationId)
  if (await hasShares(act.db, id, epoch)) return
  const others = (await listOfficers(act.db, organisationId)).filter((officer) => officer !== id)
  const officers = await membersAmong(act, others)
  if (officers.size < threshold) return

  // The second factor is not in it: whoever recovers sets a new one.
  const secret = packUserSecret({ ...keysOf(act).secret, totp: null, checkpoint: null })
  const splits = splitForOfficers(secret, [...officers.keys()], threshold)
  const rows = splits.flatMap(({ shares }, subset) =>
    [...officers].flatMap(([officer_id, { agreement }]) => {
      const share = shares.get(officer_id)
      const row = { user_id: id, organisation_id: organisationId, officer_id, epoch, subset }
      return share === undefined ? [] : [{ ...row, share: sealKey(agreement, sharePlace(row), share) }]
    }),
  )
  await replaceShares(act, id, rows)
}

/** Who could be restored by the present officers, and who not yet. */
export function readCoverage(op: Op<'recovery.read_coverage'>) {
  return op.read(async (db) => {
    const organisationId = homeOf(op.actor)
    const { threshold, epoch } = await findRecoveryRule(db, organisationId)
    const officers = await listOfficers(db, organisationId)
    const members = await listCoverage(db, organisationId, epoch)
    return {
      threshold,
      officers: officers.length,
      members: members.map(({ user_id, is_covered }) => ({ user_id, is_covered: Boolean(is_covered) })),
    }
  })
}
