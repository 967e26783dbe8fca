import type { Actor } from '../platform/access/roles.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import { newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { subjectPolicy } from './policy.ts'
import { caseAtWork, erasurePending, inOtherCases, onHold } from './problems.ts'
import { insertErasure } from './repo.ts'
import { findRetention } from './repo-retention.ts'
import { findSubject, lockSubject, type Named, type SubjectRow } from './repo-subjects.ts'
import type { ErasureHeading, NewErasure } from './schema.ts'

const DAY_SECONDS = 86_400

/** Proposes that a case, or who somebody is, be erased. Nothing is yet: another has to confirm it, days later. */
export function proposeErasure(
  op: Op<'erasure.propose'>,
  { ground, ...named }: Named & NewErasure,
): Promise<ErasureHeading> {
  return op.act(async (act) => {
    await lockSubject(act, named)
    const found = subjectPolicy.grant(act, await findSubject(act.db, named, act.actor.id))
    mustBeErasable(found)
    const today = act.services.now()
    const { waiting_days } = await findRetention(act.db, found.organisation_id)
    const { kind, organisation_id, keyring_id, reference } = found
    const row = {
      id: newId('erasures'),
      organisation_id,
      kind,
      subject_id: found.id,
      keyring_id,
      reference,
      ground,
      proposed_by: act.actor.id,
      proposed_on: dayOf(today),
      barred_id: act.actor.id,
      needs_coordinator: !knowsIt(act.actor, found),
      not_before: dayOf(secondsAfter(today, waiting_days * DAY_SECONDS)),
    }
    if (!(await insertErasure(act, row))) throw new Problem(erasurePending)
    return { ...row, version: 1, status: 'proposed', decided_by: null, decided_on: null }
  })
}

/** Whether the one who proposes can know what it is about. An administrator cannot, so the other of the two must. */
const knowsIt = (actor: Actor, found: SubjectRow): boolean =>
  found.my_part !== null || actor.roles.includes('coordinator')

/** What must hold when it is proposed, and again when it is confirmed. */
export function mustBeErasable(found: SubjectRow): void {
  if (found.kind === 'case' && !found.is_at_rest) throw new Problem(caseAtWork)
  if (found.kind === 'person' && found.cases > 1) throw new Problem(inOtherCases)
  if (found.is_held) throw new Problem(onHold)
}
