import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Connection, connect, type Database } from '../../src/platform/database/database.ts'

/** How to reach one database; every client reads the parts alike. */
type Place = Exclude<Connection, string>

type OwnDatabase = { place: Place; database: Database }

/** A migrated database of the calling test file's own. It is dropped when the file is done, whoever is connected. */
export const copyDatabase = () => createDatabase(`template ${inject('template')} strategy file_copy`)

/** The same, before any migration. */
export const emptyDatabase = () => createDatabase('')

async function createDatabase(options: string): Promise<OwnDatabase> {
  const server = inject('server')
  const name = `guvoh_test_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  await admin.query(`create database ${name} ${options}`)

  const place = { ...server, database: name }
  const database = connect(place)
  // Hooks run last in, first out: what a test file opened on top of its databases is closed before them.
  afterAll(async () => {
    await database.destroy()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  })
  return { place, database }
}
