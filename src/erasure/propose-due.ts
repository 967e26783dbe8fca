import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import { newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { insertErasure } from './repo.ts'
import { listDue } from './repo-due.ts'

const DAY_SECONDS = 86_400

/** The calendar proposes, and no more: somebody other than who closed the case has to confirm each. */
export async function proposeDue(act: Act<'erasure.propose_due'>): Promise<void> {
  const now = act.services.now()
  for (const { id, closed_by, waiting_days, ...found } of await listDue(act, dayOf(now)))
    await insertErasure(act, {
      ...found,
      id: newId('erasures'),
      kind: 'case',
      subject_id: id,
      ground: 'retention_over',
      proposed_by: null,
      proposed_on: dayOf(now),
      barred_id: closed_by,
      needs_coordinator: false,
      not_before: dayOf(secondsAfter(now, waiting_days * DAY_SECONDS)),
    })
}
