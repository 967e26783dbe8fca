import { execFile } from 'node:child_process'
import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { jobsOf } from '../../src/app/jobs.ts'
import { openPool } from '../../src/platform/database/database.ts'
import { runJobs } from '../../src/platform/jobs/worker.ts'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { idIn, senderOf, someBytes } from './support.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const sender = senderOf(app, lawyer)
const pool = openPool(app.place, 2)
afterAll(() => pool.end())

const store = path.join(app.config.data, 'evidence')
const stray = '0f0e0d0c-1111-4222-8333-444455556666'
const run = promisify(execFile)
const Failed = z.object({ code: z.int(), stdout: z.string() })
let item: { id: string; blob: string }
beforeAll(async () => {
  item = await sender.receive(await openCase(lawyer), someBytes(200_000))
})

/** The script as an operator starts it. */
async function reconcile(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const { host, port, user, database } = app.place
  const url = `postgres://${user}@localhost:${String(port)}/${database}?host=${encodeURIComponent(host)}`
  const command = ['--import', 'tsx', 'scripts/reconcile-evidence.ts', '--data', app.config.data, ...args]
  const env = { ...process.env, DATABASE_URL: url }
  const done = await run(process.execPath, command, { env }).catch((failed: unknown) => Failed.parse(failed))
  return { code: 'code' in done ? done.code : 0, lines: done.stdout.trim().split('\n') }
}

async function strayFile(ageHours: number): Promise<void> {
  await mkdir(path.join(store, stray), { recursive: true })
  await writeFile(path.join(store, stray, '00000000'), 'x')
  const then = new Date(Date.now() - ageHours * 3_600_000)
  await utimes(path.join(store, stray), then, then)
}

test('a store and a database that agree are said to', async () => {
  expect(await reconcile()).toEqual({
    code: 0,
    lines: ['1 row, 0 rows without a file, 0 files without a row, 0 removed'],
  })
})

test('a row without its file is named, and a file on its way is not missed', async () => {
  await sender.begin(10)
  await rename(path.join(store, item.blob), path.join(store, 'aside'))
  const { code, lines } = await reconcile()
  await rename(path.join(store, 'aside'), path.join(store, item.blob))

  expect([code, lines[0]]).toEqual([1, `row without a file: evidence_items ${item.id}, file ${item.blob}`])
})

test('a file without a row is removed when that is asked, and it is old enough', async () => {
  await strayFile(1)
  const young = await reconcile('--remove-orphans')
  await strayFile(25)
  const seen = await reconcile()
  const removed = await reconcile('--remove-orphans')

  expect([young.code, seen.code, removed.code]).toEqual([1, 1, 0])
  expect(seen.lines[0]).toMatch(`file without a row: ${stray}`)
  expect(await readdir(store)).toEqual([item.blob])
})

test('what nobody finished in two weeks is swept, row and pieces; what is younger stays', async () => {
  const old = idIn(await sender.sendFile(someBytes(100_000)))
  const young = idIn(await sender.sendFile(someBytes(100_000)))
  const age = 'update uploads set begun_on = current_date - $2::int where id = $1'
  await pool.query(age, [old, 15])
  await pool.query(age, [young, 13])

  const sweep = jobsOf(app.parts).filter(({ name }) => name === 'upload.sweep')
  await runJobs(app.services, pool, sweep)

  expect((await readdir(store)).sort()).toEqual([item.blob, young].sort())
  const { rows } = await pool.query('select record_id from record_keys where record_id = any($1)', [[old, young]])
  expect(rows).toEqual([{ record_id: young }])
  expect((await sender.tus('HEAD', `/v1/uploads/${old}`)).statusCode).toBe(404)
  await rm(path.join(store, young), { recursive: true })
})
