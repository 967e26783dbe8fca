import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Services } from '../platform/operation/op.ts'

/** Erasures since which the tables of keys were not written afresh. */
export async function listUnscoured(db: Reader): Promise<Id<'erasures'>[]> {
  const rows = await db
    .selectFrom('erasures')
    .select('id')
    .where('status', '=', 'done')
    .where('scoured_on', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

/** Outside any transaction, as PostgreSQL asks. Whoever reads or writes keys meanwhile waits: seconds for a million. */
export async function rewriteKeyTables({ database }: Services): Promise<void> {
  await sql`vacuum (full) keyring_grants, record_keys`.execute(database)
  await sql`checkpoint`.execute(database).catch(() => undefined)
}

export async function markScoured(act: Act<'erasure.settle'>, ids: readonly Id<'erasures'>[]): Promise<void> {
  await act.db
    .updateTable('erasures')
    .set({ scoured_on: dayOf(act.services.now()) })
    .where('id', 'in', ids)
    .execute()
}
