import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { RetentionChange } from './schema.ts'

export type RetentionRow = Selectable<Tables['retention_rules']>

/** What holds as long as an organisation has said nothing. */
const unsaid = { version: 1, closed_days: null, declined_days: null, waiting_days: 7 } as const

export async function findRetention(db: Reader, organisation_id: Id<'organisations'>): Promise<RetentionRow> {
  const row = await db
    .selectFrom('retention_rules')
    .selectAll()
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst()
  return row ?? { organisation_id, ...unsaid }
}

/** False when the rules are not at `version`. */
export async function updateRetention(
  act: Act<'retention.change'>,
  { organisation_id }: Granted<'retention.change', RetentionRow>,
  { version, change }: { readonly version: number; readonly change: RetentionChange },
): Promise<boolean> {
  act.concerns('retention_rules', organisation_id)
  await act.db
    .insertInto('retention_rules')
    .values({ organisation_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { numUpdatedRows } = await act.db
    .updateTable('retention_rules')
    .set({ ...change, version: version + 1 })
    .where('organisation_id', '=', organisation_id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
