import { z } from 'zod'
import { invalidRequest, Problem } from '../kernel/problem.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MOST = 200

/** How a list is asked for, a page at a time. `after` is the `next` of the page before; its inside is nobody's business. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMIT_MOST).default(LIMIT_DEFAULT),
  after: z
    .string()
    .max(200)
    .regex(/^[\w-]+$/)
    .optional(),
})
export type PageQuery = z.output<typeof PageQuery>

/** The wire form of one page: `next` is null on the last. */
export const pageOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), next: z.string().nullable() })

/** A place in a list ordered by day, newest first, and then by id. */
export const DayCursor = z.tuple([z.iso.date().refine((day) => day >= '1900'), z.uuid()])
export type DayCursor = z.output<typeof DayCursor>

/** A cursor as an opaque word. */
export const encodeCursor = (cursor: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** A page of rows of which one more than `limit` was asked for. `placeOf` tells where the next one begins. */
export function cut<R>(rows: readonly R[], limit: number, placeOf: (last: R) => readonly (string | number)[]) {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { page, next: last === undefined ? null : encodeCursor(placeOf(last)) }
}

/** The cursor in `after`; undefined when there is none, 400 when it is not one of ours. */
export function decodeCursor<S extends z.ZodType>(schema: S, after: string | undefined): z.output<S> | undefined {
  if (after === undefined) return undefined
  try {
    return schema.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')))
  } catch {
    throw new Problem(invalidRequest, { errors: [{ pointer: '#/after', detail: 'is not a cursor of this list' }] })
  }
}
