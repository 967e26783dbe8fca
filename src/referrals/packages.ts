import { workOnCase, type WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, revealTo } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import { findKeyrings } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, leaveRecordTo, shareRecord, unshareRecords } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { gather, hashOf } from './gather.ts'
import { packageOf, referralPolicy } from './policy.ts'
import { notAccepted, notAsPreviewed, referralEnded } from './problems.ts'
import { findReferral, type ReferralRow, updateSteps } from './repo.ts'
import { findKeyringOf } from './repo-moves.ts'
import { findPackage, insertPackage, revealPackage } from './repo-packages.ts'
import type { ReferralReceipt } from './schema.ts'
import type { PackageView } from './schema-package.ts'
import { acceptedStates } from './ways.ts'

/** Exactly what would be handed over if it were proposed now. */
export function previewPackage(op: Op<'referral.preview'>, id: Id<'referrals'>): Promise<PackageView> {
  return op.act(async (act) => {
    const content = await gather(act, referralPolicy.grant(act, await findReferral(act, id)))
    return { content, sha256: hashOf(content) }
  })
}

type Sending = { readonly found: WorkingCase; readonly sha256: string | undefined }

/**
 * Seals what was previewed to the recipient's intake, which alone can open it there. 409 key-not-confirmed before
 * anything is sealed; 409 when it is not what was looked at.
 */
export async function sendPackage(
  act: Act<'referral.move'>,
  referral: Granted<'referral.move', ReferralRow>,
  { found, sha256 }: Sending,
): Promise<void> {
  if (referral.recipient_id === null) return
  const wanted = [{ organisation_id: referral.recipient_id, kind: 'intake' as const }]
  const intakes = await writableKeyrings(act, wanted)
  const content = await gather(act, referral)
  if (hashOf(content) !== sha256) throw new Problem(notAsPreviewed)
  const { organisation_id } = referral
  const stamp = { sent_by: act.actor.id, sent_on: dayOf(act.services.now()) }
  const row = { id: newId('referral_packages'), referral_id: referral.id, organisation_id, ...stamp }
  const access = await createRecordKey(act, row, [
    { part: 'record', heldAs: found.held },
    ...intakes.map((to) => ({ part: 'record' as const, to })),
  ])
  const values = {
    identity: revealTo(content, ({ identity }) => identity),
    narrative: revealTo(content, ({ narrative }) => narrative),
    facts: revealTo(content, ({ facts }) => facts),
  }
  await insertPackage(act, row, { access, values })
}

/** What was handed over: for the team that sent it always, for the recipient until the referral ends. */
export function readPackage(op: Op<'referral.read_package'>, id: Id<'referrals'>): Promise<PackageView> {
  return op.act(async (act) => {
    const found = referralPolicy.grant(act, await findReferral(act, id))
    const row = await findPackage(act.db, found.id)
    if (row === undefined) return nothingThere
    const { identity, narrative, facts } = await revealPackage(act, packageOf(found).grant(act, row))
    if (identity === null || narrative === null || facts === null) return nothingThere
    const content = revealTo(identity, (who) => ({
      identity: who,
      narrative: consult(narrative, (told) => told),
      facts: consult(facts, (coded) => coded),
    }))
    return { content, sha256: hashOf(content) }
  })
}

const nothingThere: PackageView = { content: null, sha256: null }

/** From this act on the package is the sender's alone again: every key of the recipient's to it is deleted. */
export async function takePackageBack(act: Act, referral: ReferralRow): Promise<void> {
  const row = await findPackage(act.db, referral.id)
  if (row === undefined) return
  act.concerns('referral_packages', row.id)
  await leaveRecordTo(act, row.id, await findKeyringOf(act.db, referral.case_id))
}

type Linking = { readonly id: Id<'referrals'>; readonly version: number; readonly case_id: Id<'cases'> }

/**
 * Ties an accepted referral to a case of the recipient's, whose team reads the package from now on in place of the
 * intake. The sender does not learn which case, and reads nothing of it.
 */
export function linkReferral(op: Op<'referral.link'>, { id, version, case_id }: Linking): Promise<ReferralReceipt> {
  return op.act(async (act) => {
    const found = referralPolicy.grant(act, await findReferral(act, id))
    if (found.version !== version) throw new Problem(staleVersion)
    if (found.ended_by !== null) throw new Problem(referralEnded, { ended_by: found.ended_by })
    if (!acceptedStates.includes(found.state)) throw new Problem(notAccepted)
    const mine = await workOnCase(act, case_id)
    if (!(await updateSteps(act, found, { recipient_case_id: case_id }))) throw new Problem(staleVersion)
    await moveToCase(act, found, mine)
    return { id, version: version + 1, state: found.state }
  })
}

async function moveToCase(act: Act<'referral.link'>, found: ReferralRow, mine: WorkingCase): Promise<void> {
  const row = await findPackage(act.db, found.id)
  if (row === undefined) return
  const intake = (await findKeyrings(act.db, mine.organisation_id, ['intake'])).get('intake')
  await shareRecord(act, row, [{ part: 'record', heldAs: mine.held }])
  if (intake !== undefined) await unshareRecords(act, [row.id], intake.id)
}
