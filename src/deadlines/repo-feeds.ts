import type { Reader } from '../platform/database/database.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

/** One address for each member: a new one takes the place of the old. */
export async function upsertFeed(act: Act<'calendar.make'>, token_hash: Buffer): Promise<void> {
  const made_on = dayOf(act.services.now())
  act.concerns('calendar_feeds', act.actor.id)
  await act.db
    .insertInto('calendar_feeds')
    .values({ user_id: act.actor.id, token_hash, made_on })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ token_hash, made_on }))
    .execute()
}

export async function deleteFeed(act: Act<'calendar.revoke'>): Promise<void> {
  act.concerns('calendar_feeds', act.actor.id)
  await act.db.deleteFrom('calendar_feeds').where('user_id', '=', act.actor.id).execute()
}

/** Whose address it is, as long as that person is a member. */
export async function findFeedOwner(db: Reader, token_hash: Buffer): Promise<Id<'users'> | undefined> {
  const found = await db
    .selectFrom('calendar_feeds as f')
    .innerJoin('members as m', 'm.id', 'f.user_id')
    .select('f.user_id')
    .where('f.token_hash', '=', token_hash)
    .where('m.status', '=', 'active')
    .executeTakeFirst()
  return found?.user_id
}
