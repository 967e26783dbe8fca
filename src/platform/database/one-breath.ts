import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { type PlanName, planNames, withoutNames } from './planning-once.ts'

/** Begins a statement of which only the commit tells whether it went well: it is sent together with the commit. */
export const WITH_COMMIT = '/* with the commit */ '

type Statement = { readonly text: string; readonly values: unknown[]; readonly name?: string }

/**
 * A pool whose connections wait only for what somebody asks about: a `begin` goes out with the first statement after it,
 * and what is marked `WITH_COMMIT` with the commit. If one of them fails, so does the statement it was sent with, and a
 * commit after it is a rollback to PostgreSQL. The pool must pipeline. `keepsPlans`: statements with values are named.
 */
export function inOneBreath(pool: pg.Pool, keepsPlans: boolean): PostgresPool {
  const planName = keepsPlans ? planNames() : withoutNames
  return {
    connect: async () => clientOf(await pool.connect(), planName),
    end: () => pool.end(),
  }
}

function clientOf(client: pg.PoolClient, planName: PlanName): PostgresPoolClient {
  let held: Statement[] = []
  const statement = (text: string, values: readonly unknown[]): Statement => {
    const name = values.length > 0 ? planName(text) : undefined
    return { text, values: [...values], ...(name !== undefined && { name }) }
  }

  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('cursors are not used here')
    if (text.startsWith('begin') || text.startsWith(WITH_COMMIT)) {
      held.push(statement(text, values))
      return Promise.resolve(nothingYet)
    }
    const before = held
    held = []
    if (text === 'rollback' && isUnbegun(before)) return Promise.resolve(nothingYet)
    return sendAll(client, text === 'rollback' ? [statement(text, [])] : [...before, statement(text, values)])
  }
  return { query, release: () => client.release() }
}

const nothingYet = { command: 'SELECT', rowCount: 0, rows: [] } as const

/** A transaction of which PostgreSQL has not heard yet. */
const isUnbegun = ([first]: readonly Statement[]) => first?.text.startsWith('begin') === true

/** The answer to the last of them; fails when one of them does. */
async function sendAll(client: pg.PoolClient, statements: readonly Statement[]) {
  const { stream } = client.connection
  stream.cork()
  const sent = statements.map((one) => client.query(one))
  stream.uncork()
  return (await Promise.all(sent)).at(-1)
}
