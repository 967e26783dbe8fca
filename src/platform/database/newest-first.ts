import { type SelectQueryBuilder, sql, type StringReference } from 'kysely'
import type { DayCursor } from './page.ts'

type Slice = { readonly after?: DayCursor | undefined; readonly limit: number }

/** A list by day and then by id, the newest first, from after a place on. `day` is the column; its `id` stands beside it. */
export function newestFirst<DB, T extends keyof DB, R>(
  list: SelectQueryBuilder<DB, T, R>,
  day: StringReference<DB, T>,
  { after, limit }: Slice,
): SelectQueryBuilder<DB, T, R> {
  const place = [sql.ref(day), sql.ref(day.replace(/[^.]+$/, 'id'))] as const
  const ordered = list.orderBy(place[0], 'desc').orderBy(place[1], 'desc').limit(limit)
  if (after === undefined) return ordered
  return ordered.where(sql<boolean>`(${sql.join(place)}) < (${after[0]}::date, ${after[1]}::uuid)`)
}
