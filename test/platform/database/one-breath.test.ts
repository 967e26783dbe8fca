import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Database, inTransaction } from '../../../src/platform/database/database.ts'
import { WITH_COMMIT } from '../../../src/platform/database/one-breath.ts'
import { copyDatabase } from '../../support/database.ts'

let database: Database
beforeAll(async () => {
  ;({ database } = await copyDatabase())
  await sql`create table notes (id int primary key)`.execute(database)
})

const note = (id: number) => sql`insert into notes values (${id})`
const noteWithCommit = (id: number) => sql`${sql.raw(WITH_COMMIT)} insert into notes values (${id})`
const noted = async () => (await sql<{ id: number }>`select id from notes order by id`.execute(database)).rows

test('what is sent with the commit is there after it', async () => {
  await inTransaction(database, async (db) => {
    await note(1).execute(db)
    await noteWithCommit(2).execute(db)
  })
  await inTransaction(database, (db) => noteWithCommit(3).execute(db))

  expect(await noted()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
})

test('when it fails, so does the transaction, and nothing of it stays', async () => {
  const before = await noted()

  const failed = inTransaction(database, async (db) => {
    await note(10).execute(db)
    await noteWithCommit(1).execute(db)
  })

  await expect(failed).rejects.toMatchObject({ code: '23505' })
  expect(await noted()).toEqual(before)
})

test('when the work fails, it is not sent at all', async () => {
  const before = await noted()

  const failed = inTransaction(database, async (db) => {
    await noteWithCommit(20).execute(db)
    throw new Error('changed my mind')
  })

  await expect(failed).rejects.toThrow('changed my mind')
  expect(await noted()).toEqual(before)
})
