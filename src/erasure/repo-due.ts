import { sql } from 'kysely'
import type { Act } from '../platform/operation/op.ts'
import type { Id } from '../platform/kernel/ids.ts'

/** After a proposal was taken back, the calendar is silent about that case for so long. */
const SILENT_DAYS = 90

type DueCase = {
  readonly id: Id<'cases'>
  readonly organisation_id: Id<'organisations'>
  readonly keyring_id: Id<'keyrings'>
  readonly reference: string
  readonly closed_by: Id<'users'> | null
  readonly waiting_days: number
}

/**
 * Cases at rest whose days are over: the case's own day and the organisation's days for its status, whichever ends later.
 * Without either, none. Not those on hold, proposed already, or proposed and taken back of late.
 */
export async function listDue(act: Act<'erasure.propose_due'>, today: string): Promise<DueCase[]> {
  const { rows } = await sql<DueCase>`
    select c.id, c.organisation_id, c.keyring_id, c.reference, t.moved_by as closed_by,
           coalesce(r.waiting_days, 7) as waiting_days
      from cases c
      join lateral (select moved_by, moved_on from case_transitions where case_id = c.id
                     order by case_version desc limit 1) t on true
      left join retention_rules r using (organisation_id)
     where c.stage in ('closed', 'declined')
       and greatest(c.purge_after, t.moved_on + case c.stage when 'closed' then r.closed_days else r.declined_days end)
           <= ${today}::date
       and not exists (select from case_holds h where h.case_id = c.id and h.lifted_on is null)
       and not exists (select from erasures e where e.subject_id = c.id and (e.status = 'proposed'
             or e.status = 'withdrawn' and e.decided_on > ${today}::date - ${SILENT_DAYS}::int))
     order by c.id limit 1000`.execute(act.db)
  return rows
}
