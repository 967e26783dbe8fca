import type { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { WritableKeyring } from '../platform/operation/keyrings.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { findKeyringOf, insertMove, type MoveRow } from './repo-moves.ts'
import type { ReferralRow } from './repo.ts'
import type { MoveNarrative } from './schema.ts'
import { unsharedStates } from './ways.ts'

type Step = Pick<MoveRow, 'to_state' | 'ended_by'> & { readonly said: Secret<MoveNarrative> }

/** Writes a step into the history of a referral, for its team and, once it was shared, for the recipient. */
export async function keepStep(
  act: Act<'referral.move' | 'referral.end' | 'consent.record'>,
  found: ReferralRow,
  { said, ...step }: Step,
): Promise<void> {
  const row = {
    id: newId('referral_moves'),
    referral_id: found.id,
    organisation_id: found.organisation_id,
    seal_version: 1,
    position: found.version + 1,
    from_state: found.state,
    ...step,
    moved_by: act.actor.id,
    moved_on: dayOf(act.services.now()),
  }
  const readers = await readersOf(act, found, step)
  const access = await createRecordKey(
    act,
    row,
    readers.map((to) => ({ part: 'record', to })),
  )
  await insertMove(act, row, { access, said })
}

/** Words must not keep a referral from being ended: a side whose key is not confirmed at the moment does not get them. */
async function readersOf(act: Act, found: ReferralRow, step: Pick<Step, 'to_state'>): Promise<WritableKeyring[]> {
  const readers: WritableKeyring[] = []
  for (const side of await sidesOf(act, found, step)) {
    try {
      readers.push(...(await writableKeyrings(act, [side])))
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== keyNotConfirmed) throw error
    }
  }
  return readers
}

type Side = Parameters<typeof writableKeyrings>[1][number]

/** The team; once something was shared, the recipient's intake, and the team of the case that it was linked to. */
async function sidesOf(act: Act, found: ReferralRow, { to_state }: Pick<Step, 'to_state'>): Promise<Side[]> {
  const team = { keyring_id: await findKeyringOf(act.db, found.case_id) }
  const { recipient_id, recipient_case_id } = found
  if (recipient_id === null || unsharedStates.includes(to_state)) return [team]
  const intake = { organisation_id: recipient_id, kind: 'intake' as const }
  if (recipient_case_id === null) return [team, intake]
  return [team, intake, { keyring_id: await findKeyringOf(act.db, recipient_case_id) }]
}
