import { sql } from 'kysely'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

/** Open requests whose time for an answer is over become escalated. */
export async function escalateOverdue(act: Act<'urgent.escalate'>): Promise<void> {
  const rows = await act.db
    .updateTable('urgent_requests')
    .set({ is_escalated: true })
    .where('status', '=', 'open')
    .where('is_escalated', '=', false)
    .where('due_at', '<', act.services.now())
    .returning('id')
    .execute()
  for (const { id } of rows) act.concerns('urgent_requests', id)
}

/** Open requests of which the coordinators have not been written yet, or not that they are overdue, with those to write to. */
export function listUntold(act: Act<'urgent.escalate'>) {
  return act.db
    .selectFrom('urgent_requests as u')
    .innerJoin('members as m', 'm.organisation_id', 'u.organisation_id')
    .select(['u.id as request_id', 'm.id as user_id', 'u.is_escalated'])
    .where('u.status', '=', 'open')
    .where(sql<boolean>`u.mailed < case when u.is_escalated then 2 else 1 end`)
    .where('m.status', '=', 'active')
    .where(({ eb, val, fn }) => eb(val('coordinator'), '=', fn.any('m.roles')))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_walls as w')
            .select('w.user_id')
            .whereRef('w.case_id', '=', 'u.case_id')
            .whereRef('w.user_id', '=', 'm.id'),
        ),
      ),
    )
    .orderBy('u.id')
    .execute()
}

export async function markMailed(
  act: Act<'urgent.escalate'>,
  ids: readonly Id<'urgent_requests'>[],
  level: number,
): Promise<void> {
  if (ids.length === 0) return
  for (const id of ids) act.concerns('urgent_requests', id)
  await act.db
    .updateTable('urgent_requests')
    .set({ mailed: level })
    .where('id', 'in', ids)
    .where('mailed', '<', level)
    .execute()
}
