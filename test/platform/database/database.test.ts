import { sql } from 'kysely'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  connect,
  type Database,
  inSnapshot,
  inTransaction,
  type Reader,
} from '../../../src/platform/database/database.ts'
import { copyDatabase } from '../../support/database.ts'

let database: Database

beforeAll(async () => {
  ;({ database } = await copyDatabase())
  await sql`create table counters (id int primary key, n int not null)`.execute(database)
})

async function only<T>(query: { execute(db: Database): Promise<{ rows: T[] }> }): Promise<T | undefined> {
  return (await query.execute(database)).rows[0]
}

test('a date is a day, whatever the time zone; a large integer and an instant lose nothing', async () => {
  const row = await only(
    sql`select date '1937-11-30' as day, 9007199254740993::bigint as large, timestamptz '2024-02-29 23:59:59.5+00' as at`,
  )

  expect(row).toEqual({ day: '1937-11-30', large: '9007199254740993', at: new Date('2024-02-29T23:59:59.500Z') })
})

/** How many statements the server keeps a plan of, after the same one was asked twice. */
async function plansKept(db: Database) {
  for (const n of [1, 2]) await sql`select ${n}::int as n`.execute(db)
  const kept = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(db)
  return kept.rows.length
}

test('a server of our own plans a statement once; one at an address, where a pooler may be between, each time', async () => {
  const { place, database: own } = await copyDatabase()
  const { host, port, user, password = '', database: name } = place
  const named = connect(`postgres://${user}:${password}@${encodeURIComponent(host)}:${String(port)}/${name}`)

  expect(await plansKept(own)).toBe(1)
  expect(await plansKept(named)).toBe(0)
  await named.destroy()
})

test('a connection that breaks while idle is replaced', async () => {
  await sql`select 1`.execute(database)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(database)

  expect(await only(sql`select 1 as n`)).toEqual({ n: 1 })
})

test('an address where nobody listens fails within seconds', async () => {
  const nowhere = connect('postgres://guvoh@127.0.0.1:1/guvoh')

  await expect(sql`select 1`.execute(nowhere)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await nowhere.destroy()
})

describe('a transaction', () => {
  test('two that lock each other out both finish, and each counts once', async () => {
    await sql`insert into counters values (1, 0), (2, 0)`.execute(database)
    const met = meeting(2)
    let attempts = 0
    const add = (first: number, second: number) =>
      inTransaction(database, async (db) => {
        attempts += 1
        await sql`update counters set n = n + 1 where id = ${first}`.execute(db)
        await met()
        await sql`update counters set n = n + 1 where id = ${second}`.execute(db)
      })

    await Promise.all([add(1, 2), add(2, 1)])

    const { rows } = await sql`select n from counters where id in (1, 2)`.execute(database)
    expect(rows).toEqual([{ n: 2 }, { n: 2 }])
    expect(attempts).toBe(3)
  })

  test('any other failure is passed on after one attempt, and nothing is left of it', async () => {
    let attempts = 0
    const twice = inTransaction(database, async (db) => {
      attempts += 1
      await sql`insert into counters values (3, 0)`.execute(db)
      await sql`insert into counters values (3, 0)`.execute(db)
    })

    await expect(twice).rejects.toThrow(pg.DatabaseError)

    expect(attempts).toBe(1)
    expect(await only(sql`select from counters where id = 3`)).toBeUndefined()
  })

  test('gives up when every attempt is asked to run again', async () => {
    let attempts = 0
    const never = inTransaction(database, async (db) => {
      attempts += 1
      await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(db)
    })

    await expect(never).rejects.toMatchObject({ code: '40001' })

    expect(attempts).toBe(5)
  })

  test('has a time limit that the connection does not keep', async () => {
    const inside = await inTransaction(database, (db) => sql`show statement_timeout`.execute(db))
    const after = await sql`show statement_timeout`.execute(database)

    expect([inside.rows, after.rows]).toEqual([[{ statement_timeout: '30s' }], [{ statement_timeout: '0' }]])
  })
})

describe('a snapshot', () => {
  test('refuses to write, even where the types do not see it', async () => {
    const sneaky = inSnapshot(database, (db) =>
      db
        .with('hidden', (creator) => creator.insertInto('attempt_limits').values({ key: 'x' }).returningAll())
        .selectFrom('hidden')
        .selectAll()
        .execute(),
    )

    await expect(sneaky).rejects.toMatchObject({ code: '25006' })
  })

  test('does not see what is committed meanwhile', async () => {
    await database.insertInto('attempt_limits').values({ key: 'y', points: 1 }).execute()
    const points = (db: Reader) => db.selectFrom('attempt_limits').select('points').where('key', '=', 'y').execute()

    const seen = await inSnapshot(database, async (db) => {
      const before = await points(db)
      await database.updateTable('attempt_limits').set({ points: 2 }).where('key', '=', 'y').execute()
      return [...before, ...(await points(db))]
    })

    expect(seen).toEqual([{ points: 1 }, { points: 1 }])
    expect(await points(database)).toEqual([{ points: 2 }])
  })
})

/** All of them wait for one another the first time; a later arrival walks through. */
function meeting(size: number): () => Promise<void> {
  let arrived = 0
  let open: () => void = () => undefined
  const everybody = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    arrived += 1
    if (arrived === size) open()
    return everybody
  }
}
