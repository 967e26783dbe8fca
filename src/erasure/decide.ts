import type { Granted } from '../platform/access/policy.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { asWorker } from '../platform/jobs/worker.ts'
import type { ErasureParts } from './parts.ts'
import { erasurePolicy } from './policy.ts'
import { erasureDecided, nothingToErase, stillWaiting } from './problems.ts'
import { mustBeErasable } from './propose.ts'
import { type ErasureRow, findErasure, markDecided } from './repo.ts'
import { insertResult } from './repo-results.ts'
import { findSubject, lockSubject } from './repo-subjects.ts'
import type { Shredding } from './repo-shred.ts'
import type { ErasedRecord } from './schema.ts'
import { settleErasures } from './settle.ts'
import { shredCase, type Shredded, shredIdentity } from './shred.ts'

type Deciding = { readonly id: Id<'erasures'>; readonly version: number }

/** Takes a proposal back. */
export function withdrawErasure(op: Op<'erasure.withdraw'>, { id, version }: Deciding): Promise<void> {
  return op.act(async (act) => {
    const found = erasurePolicy.grant(act, await findErasure(act.db, id, act.actor.id))
    mustBeOpen(found, version)
    if (!(await markDecided(act, found, { version, status: 'withdrawn' }))) throw new Problem(staleVersion)
  })
}

/** The second person says yes: in this one act the keys are destroyed, and what they opened with them. */
export async function confirmErasure(
  op: Op<'erasure.confirm'>,
  parts: ErasureParts,
  { id, version }: Deciding,
): Promise<void> {
  await op.act(async (act) => {
    const found = erasurePolicy.grant(act, await findErasure(act.db, id, act.actor.id))
    mustBeOpen(found, version)
    if (found.not_before > dayOf(act.services.now())) throw new Problem(stillWaiting, { not_before: found.not_before })
    await mustStillBeErasable(act, found)
    if (!(await markDecided(act, found, { version, status: 'done' }))) throw new Problem(staleVersion)
    await insertResult(act, id, await shred(act, found))
  })
  // What is away now, a store or a disk, is settled by the schedule: the keys are gone already.
  await settleErasures(await asWorker(op.services, 'erasure.settle'), parts).catch(() => undefined)
}

function mustBeOpen(found: ErasureRow, version: number): void {
  if (found.status !== 'proposed') throw new Problem(erasureDecided)
  if (found.version !== version) throw new Problem(staleVersion)
}

async function mustStillBeErasable(act: Act<'erasure.confirm'>, found: Granted<'erasure.confirm', ErasureRow>) {
  const named = { kind: found.kind, id: found.subject_id }
  await lockSubject(act, named)
  const subject = await findSubject(act.db, named, act.actor.id)
  if (subject === undefined) throw new Problem(nothingToErase)
  mustBeErasable(subject)
}

type Doomed = Pick<ErasureRow, 'kind' | 'subject_id' | 'keyring_id'> & { readonly records?: readonly ErasedRecord[] }

/** The same for a confirmation and for its replay in an older database. */
export async function shred(act: Shredding, { kind, subject_id, keyring_id, records = [] }: Doomed): Promise<Shredded> {
  if (kind === 'case') {
    if (keyring_id === null) throw new Error('a case has a keyring')
    return shredCase(act, { id: subject_id, keyring_id, records })
  }
  return shredIdentity(act, subject_id, records)
}
