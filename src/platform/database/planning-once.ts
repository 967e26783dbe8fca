import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/** Statements differ by the columns and the number of values they have; beyond so many they go unnamed. */
const NAMED_MOST = 500
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= NAMED_MOST) return known
  const name = `s${String(names.size)}`
  names.set(text, name)
  return name
}

/**
 * A pool whose connections keep the plan of each statement that carries values: to plan one costs PostgreSQL more than to
 * run it. Only towards a server of our own, where no pooler in between hands the next transaction to another connection.
 */
export function planningOnce(pool: pg.Pool): PostgresPool {
  return { connect: async () => namedClient(await pool.connect()), end: () => pool.end() }
}

function namedClient(client: pg.PoolClient): PostgresPoolClient {
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('cursors are not used here')
    const name = values.length === 0 ? undefined : nameOf(text)
    return client.query({ text, values: [...values], ...(name !== undefined && { name }) })
  }
  return { query, release: () => client.release() }
}
