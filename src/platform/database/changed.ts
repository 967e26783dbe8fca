import { sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely'

type Place = { readonly id: string; readonly version: number }

/**
 * Runs the change of one row as it stands at `version`. False when it does not stand there any more: the condition is in
 * the statement, so of two who change at once one only wins. The change itself sets the next version.
 */
export async function changedAt<DB, T extends keyof DB, F extends keyof DB>(
  { id, version }: Place,
  change: UpdateQueryBuilder<DB, T, F, UpdateResult>,
): Promise<boolean> {
  const { numUpdatedRows } = await change.where(sql<boolean>`id = ${id} and version = ${version}`).executeTakeFirst()
  return numUpdatedRows === 1n
}
