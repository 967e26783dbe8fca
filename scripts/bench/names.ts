import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import { readKeys, readyDatabase } from '../../src/app/ground.ts'
import { compose } from '../../src/app/start.ts'
import { newCode } from '../../src/platform/crypto/code.ts'
import { consult } from '../../src/platform/crypto/secret.ts'
import { readConfig } from '../../src/platform/kernel/config.ts'
import { type Account, call, found, PASSPHRASE, signIn } from './coalition.ts'
import { inventedNames } from './name-list.ts'
import { seedCases, sweep } from './names-seed.ts'

/*
 * How long a search takes among very many persons, beside pg_trgm over the same names in the open, in the same database:
 * `npm run bench:names [-- PERSONS PER_CASE FOLDER]`. One lawyer is on the team of all the cases. A folder is kept, and
 * when it is named again the persons are there already.
 */

const PERSONS = Number(process.argv[2] ?? 100_000)
const PER_CASE = Number(process.argv[3] ?? 50)
const KEPT = process.argv[4]
const SOUGHT = 100
const WARM_UP = 5
const TICKS_PER_MS = 0.1

const folder = KEPT ?? mkdtempSync(path.join(os.tmpdir(), 'guvoh-names-'))
mkdirSync(folder, { recursive: true })
chmodSync(folder, 0o711)
const env = { GUVOH_SECOND_FACTOR: 'optional', GUVOH_LOG_LEVEL: 'silent', GUVOH_REQUESTS_PER_MINUTE: '1000000000' }
const config = readConfig(['--data', folder], env)
if (config === 'help') throw new Error('no help was asked for')
const keys = await readKeys(folder)
const { connection, embedded } = await readyDatabase(config)
const setupCode = newCode()
const { server, services, close } = await compose({ connection, keys, config, setupCode })
const { database } = services
try {
  await server.listen({ port: 0, host: '127.0.0.1' })
  await measure(`http://127.0.0.1:${String(z.object({ port: z.int() }).parse(server.server.address()).port)}`)
} finally {
  await close()
  await embedded?.stop()
  if (KEPT === undefined) rmSync(folder, { recursive: true, force: true })
}
process.exit()

async function measure(origin: string): Promise<void> {
  const started = performance.now()
  const reader = await seeded(origin)
  await sweep(origin, reader)
  console.log(`seeded in ${((performance.now() - started) / 1_000).toFixed(0)} s`)
  const token = await signIn(origin, reader)
  // Every other one is in the list; the others have like names at most.
  const sought = [...inventedNames(SOUGHT / 2 + WARM_UP, 7), ...inventedNames(SOUGHT / 2, 2026)]
  const ours = await each(sought, (text) =>
    call(`${origin}/v1/persons/matches`, { token, body: { who: { names: [{ text }] } } }),
  )
  const trigrams = await each(sought, (text) =>
    sql`select id, similarity(name, ${text}) as likeness from clear_names where name % ${text}
         order by likeness desc limit 20`.execute(database),
  )
  console.log(`${String(PERSONS)} persons in ${String(Math.ceil(PERSONS / PER_CASE))} cases, ${SOUGHT} searches`)
  print('by blind tokens, over HTTP', ours)
  print('by pg_trgm, in the open, without HTTP', trigrams)
  console.log(`ratio at p95: ${(quantile(ours.took, 0.95) / quantile(trigrams.took, 0.95)).toFixed(2)}`)
  console.log(`load ${(os.loadavg()[0] ?? 0).toFixed(1)}, ${String(os.cpus().length)} processors`)
}

async function seeded(origin: string): Promise<Account> {
  const { there } = await database
    .selectFrom('persons')
    .select((eb) => eb.fn.countAll<string>().as('there'))
    .executeTakeFirstOrThrow()
  if (Number(there) === PERSONS) return { handle: 'reader', passphrase: PASSPHRASE }
  const printed = () => consult(setupCode, (code) => `set-up code: ${code}\n`)
  const { reader } = await found({ origin, printed }, 0)
  const names = inventedNames(PERSONS)
  const lists = Array.from({ length: Math.ceil(PERSONS / PER_CASE) }, (_, nth) =>
    names.slice(nth * PER_CASE, (nth + 1) * PER_CASE),
  )
  await seedCases({ origin, services, reader }, lists)
  await clearNames(names)
  return reader
}

async function clearNames(names: readonly string[]): Promise<void> {
  await sql`create extension pg_trgm`.execute(database)
  await sql`create table clear_names (id uuid primary key default gen_random_uuid(), name text not null)`.execute(
    database,
  )
  await sql`insert into clear_names (name) select * from unnest(${names}::text[])`.execute(database)
  await sql`create index on clear_names using gin (name gin_trgm_ops)`.execute(database)
  await sql`vacuum analyze`.execute(database)
}

type Measured = { readonly took: number[]; readonly ownMs: number; readonly databaseMs: number }

/** How long each took, in milliseconds, but for the first few; and processor time for each, of us and of the database. */
async function each(sought: readonly string[], ask: (text: string) => Promise<unknown>): Promise<Measured> {
  for (const text of sought.slice(0, WARM_UP)) await ask(text)
  const [own, database_] = [process.cpuUsage(), await databaseTime()]
  const took: number[] = []
  for (const text of sought.slice(WARM_UP)) {
    const started = performance.now()
    await ask(text)
    took.push(performance.now() - started)
  }
  const { user, system } = process.cpuUsage(own)
  const databaseMs = (await databaseTime()) - database_
  return { took, ownMs: (user + system) / 1_000 / took.length, databaseMs: databaseMs / took.length }
}

/** Processor time of the database's connections so far, in milliseconds; they stay open while we measure. */
async function databaseTime(): Promise<number> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where backend_type = 'client backend'`.execute(database)
  return rows.reduce((sum, { pid }) => sum + ticksOf(pid) / TICKS_PER_MS, 0)
}

/** After the name in brackets, the 12th and 13th field are time in the program and in the kernel for it. */
function ticksOf(pid: number): number {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

function quantile(took: readonly number[], share: number): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * share)] ?? Number.NaN
}

function print(what: string, { took, ownMs, databaseMs }: Measured): void {
  const [p50, p95] = [quantile(took, 0.5), quantile(took, 0.95)]
  console.log(
    `${what}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; ` +
      `processor time each: ${ownMs.toFixed(0)} ms here, ${databaseMs.toFixed(0)} ms in PostgreSQL`,
  )
}
