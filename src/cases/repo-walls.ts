import type { Granted } from '../platform/access/policy.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { CaseRow } from './repo.ts'

export async function isWalledOff(db: Reader, caseId: Id<'cases'>, userId: Id<'users'>): Promise<boolean> {
  const wall = await db
    .selectFrom('case_walls')
    .select('user_id')
    .where('case_id', '=', caseId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return wall !== undefined
}

export function findWalls(db: Reader, caseId: Id<'cases'>) {
  return db
    .selectFrom('case_walls')
    .select(['user_id', 'raised_by', 'raised_on'])
    .where('case_id', '=', caseId)
    .orderBy('raised_on')
    .orderBy('user_id')
    .execute()
}

/** A wall that stands already stays as it is. */
export async function insertWall(
  act: Act<'case.raise_wall'>,
  found: Granted<'case.raise_wall', CaseRow>,
  userId: Id<'users'>,
): Promise<void> {
  const { id: case_id, organisation_id } = found
  await act.db
    .insertInto('case_walls')
    .values({ case_id, organisation_id, user_id: userId, raised_by: act.actor.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** False when there was no wall. */
export async function deleteWall(
  act: Act<'case.lower_wall'>,
  found: Granted<'case.lower_wall', CaseRow>,
  userId: Id<'users'>,
): Promise<boolean> {
  const { numDeletedRows } = await act.db
    .deleteFrom('case_walls')
    .where('case_id', '=', found.id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
