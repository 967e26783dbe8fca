import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { SubjectRow } from './repo-subjects.ts'
import type { NewHold } from './schema.ts'

export type HoldRow = Selectable<Tables['case_holds']>

const HOLDS_MOST = 200

export async function insertHold(
  act: Act<'hold.place'>,
  found: Granted<'hold.place', SubjectRow> & { readonly case_id: Id<'cases'> },
  { reason }: NewHold,
): Promise<HoldRow> {
  const { case_id, organisation_id } = found
  const placed = { placed_by: act.actor.id, placed_on: dayOf(act.services.now()) }
  const row = { id: newId('case_holds'), case_id, organisation_id, reason, ...placed, lifted_by: null, lifted_on: null }
  act.concerns('case_holds', row.id)
  act.concerns('cases', case_id)
  await act.db.insertInto('case_holds').values(row).execute()
  return row
}

export function listHolds(db: Reader, caseId: Id<'cases'>): Promise<HoldRow[]> {
  return db
    .selectFrom('case_holds')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('placed_on', 'desc')
    .orderBy('id')
    .limit(HOLDS_MOST)
    .execute()
}

export function findHold(
  db: Reader,
  of: { readonly id: Id<'case_holds'>; readonly case_id: Id<'cases'> },
): Promise<HoldRow | undefined> {
  return db
    .selectFrom('case_holds')
    .selectAll()
    .where('id', '=', of.id)
    .where('case_id', '=', of.case_id)
    .executeTakeFirst()
}

/** False when it was lifted already. */
export async function markLifted(act: Act<'hold.lift'>, hold: Granted<'hold.lift', HoldRow>): Promise<boolean> {
  act.concerns('case_holds', hold.id)
  act.concerns('cases', hold.case_id)
  const { numUpdatedRows } = await act.db
    .updateTable('case_holds')
    .set({ lifted_by: act.actor.id, lifted_on: dayOf(act.services.now()) })
    .where('id', '=', hold.id)
    .where('lifted_on', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
