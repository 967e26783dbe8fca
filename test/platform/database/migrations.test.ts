import { readdir } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { MIGRATIONS, migrate } from '../../../src/platform/database/migrations.ts'
import { copyDatabase, emptyDatabase } from '../../support/database.ts'

test('the list names every file of the folder, in order', async () => {
  const files = await readdir(new URL('../../../migrations', import.meta.url))

  expect([...MIGRATIONS]).toEqual(files.toSorted())
})

test('replicas that start together apply each migration once', async () => {
  const { place } = await emptyDatabase()

  const applied = await Promise.all([migrate(place), migrate(place), migrate(place)])

  expect(applied.flat().toSorted()).toEqual([...MIGRATIONS])
})

test('a database that is up to date is left alone', async () => {
  const { place } = await copyDatabase()

  expect(await migrate(place)).toEqual([])
})

test('the job queue is there as well', async () => {
  const { database } = await copyDatabase()

  const job = await sql`select (graphile_worker.add_job('nothing')).id > 0 as added`.execute(database)

  expect(job.rows).toEqual([{ added: true }])
})
