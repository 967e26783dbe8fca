import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type Transaction,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import { inOneBreath } from './one-breath.ts'
import type { Tables } from './tables.gen.ts'

declare const reader: unique symbol

/** Reads only. PostgreSQL enforces it too: the transaction behind it is READ ONLY. */
export type Reader = Pick<Transaction<Tables>, 'selectFrom' | 'with' | 'fn'>

/** Reads and writes. Exists only inside a transaction. */
export type Writer = Transaction<Tables> & { readonly [reader]?: never }

/** The pool. What is not a transaction goes through it directly: health, rate limits, session look-ups. */
export type Database = Kysely<Tables>

/** A URL `postgres://…`, or the parts of one (the embedded server has no URL that every client reads alike). */
export type Connection = string | { host: string; port: number; user: string; password?: string; database: string }

const CONNECTIONS_MAX = 10
const CONNECT_MS_MAX = 5_000
const IDLE_MS_MAX = 30_000
const STATEMENT_TIMEOUT = '30s'
const ATTEMPTS_MAX = 5
const PAUSE_MS_MAX = 40

/** PostgreSQL's way of saying "run it again": serialization_failure and deadlock_detected. */
const RUN_AGAIN = ['40001', '40P01']

/** A pool of at most ten connections. None is opened yet; one that breaks is replaced at its next use. */
export function connect(connection: Connection): Database {
  const pool = newPool(connection, { max: CONNECTIONS_MAX, pipeline: true })
  return new Kysely<Tables>({ dialect: new LimitedDialect(inOneBreath(pool, typeof connection !== 'string')) })
}

/** The pool under `connect`, for those who need `pg` itself (migrations, the job queue). End it when done. */
export function openPool(connection: Connection, max: number): pg.Pool {
  return newPool(connection, { max })
}

function newPool(connection: Connection, how: pg.PoolConfig): pg.Pool {
  const place = typeof connection === 'string' ? { connectionString: connection } : connection
  const pool = new pg.Pool({
    ...place,
    ...how,
    types: { getTypeParser },
    connectionTimeoutMillis: CONNECT_MS_MAX,
    idleTimeoutMillis: IDLE_MS_MAX,
    application_name: 'guvoh',
  })
  // A connection that breaks while idle is out of the pool already; without a listener it would end the process.
  const ignore = () => undefined
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return pool
}

/** Runs `work` in a transaction, and again when PostgreSQL asks for it: it must change nothing but the database. */
export async function inTransaction<T>(database: Database, work: (db: Writer) => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt += 1) {
    try {
      return await database.transaction().execute(work)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && RUN_AGAIN.includes(error.code ?? ''))) throw error
      await sleep(Math.random() * PAUSE_MS_MAX * attempt)
    }
  }
  return database.transaction().execute(work)
}

/** Runs `work` against one snapshot, in which nothing can be written: a list and its count agree. */
export function inSnapshot<T>(database: Database, work: (db: Reader) => Promise<T>): Promise<T> {
  return database.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}

/** PostgreSQL whose transactions carry a time limit. */
class LimitedDialect extends PostgresDialect {
  readonly #pool: PostgresPool

  constructor(pool: PostgresPool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): PostgresDriver {
    return new LimitedDriver({ pool: this.#pool })
  }
}

/** The limit is set inside the transaction, so that it reaches the server through a connection pooler too. */
class LimitedDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const mode = `${isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`} ${accessMode ?? ''}`
    const limit = `select set_config('statement_timeout', '${STATEMENT_TIMEOUT}', true)`
    await connection.executeQuery(CompiledQuery.raw(`begin${mode}; ${limit}`))
  }
}

/** A date is a calendar day, not an instant: it stays the text that PostgreSQL sends. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (type, format): unknown =>
  type === pg.types.builtins.DATE ? (day: string) => day : pg.types.getTypeParser(type, format)
