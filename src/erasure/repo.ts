import { type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

/** An erasure as it stands, and how the asking user stands to what it is of while that is there. */
export type ErasureRow = Selectable<Tables['erasures']> & {
  readonly my_part: string | null
  readonly is_walled: boolean
}

/** The cases that an erasure is about. */
const casesOf = (db: Reader) =>
  db
    .selectFrom('cases as c')
    .select('c.id')
    .where(
      sql<boolean>`c.id = e.subject_id or c.id in (select case_id from case_persons where person_id = e.subject_id)`,
    )

function erasuresFor(db: Reader, userId: Id<'users'>) {
  return db
    .selectFrom('erasures as e')
    .selectAll('e')
    .select(({ selectFrom, exists }) => [
      selectFrom('case_members as m')
        .select(({ fn }) => fn.min('m.part').as('part'))
        .where('m.case_id', 'in', casesOf(db))
        .where('m.user_id', '=', userId)
        .as('my_part'),
      exists(
        selectFrom('case_walls as w')
          .select('w.user_id')
          .where('w.case_id', 'in', casesOf(db))
          .where('w.user_id', '=', userId),
      )
        .$castTo<boolean>()
        .as('is_walled'),
    ])
}

export function findErasure(db: Reader, id: Id<'erasures'>, userId: Id<'users'>): Promise<ErasureRow | undefined> {
  return erasuresFor(db, userId).where('e.id', '=', id).executeTakeFirst()
}

type Wanted = {
  readonly organisation_id: Id<'organisations'>
  readonly user_id: Id<'users'>
  readonly after: DayCursor | undefined
  readonly limit: number
}

export function listErasures(db: Reader, { organisation_id, user_id, ...slice }: Wanted): Promise<ErasureRow[]> {
  const rows = erasuresFor(db, user_id).where('e.organisation_id', '=', organisation_id)
  return newestFirst(rows, 'e.proposed_on', slice).execute()
}

export type NewErasureRow = Pick<
  Selectable<Tables['erasures']>,
  | 'id'
  | 'organisation_id'
  | 'kind'
  | 'subject_id'
  | 'keyring_id'
  | 'reference'
  | 'ground'
  | 'proposed_by'
  | 'proposed_on'
  | 'barred_id'
  | 'needs_coordinator'
  | 'not_before'
>

/** False when one of this subject is pending. */
export async function insertErasure(
  act: Act<'erasure.propose' | 'erasure.propose_due'>,
  row: NewErasureRow,
): Promise<boolean> {
  act.concerns('erasures', row.id)
  const { numInsertedOrUpdatedRows } = await act.db
    .insertInto('erasures')
    .values(row)
    // Literal: with a parameter PostgreSQL does not always find the partial index.
    .onConflict((conflict) => conflict.column('subject_id').where(sql<boolean>`status = 'proposed'`).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

type Deciding = 'erasure.confirm' | 'erasure.withdraw'
type Decision = {
  readonly version: number
  readonly status: 'withdrawn' | 'done'
}

/** False when it is not at `version`, or was decided already. */
export async function markDecided(
  act: Act<Deciding>,
  found: Granted<Deciding, ErasureRow>,
  { version, status }: Decision,
): Promise<boolean> {
  act.concerns('erasures', found.id)
  return changedAt(
    { id: found.id, version },
    act.db
      .updateTable('erasures')
      .set({ status, version: version + 1, decided_by: act.actor.id, decided_on: dayOf(act.services.now()) })
      .where('status', '=', 'proposed'),
  )
}
