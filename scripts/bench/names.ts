import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import { readKeys, readyDatabase } from '../../src/app/ground.ts'
import { compose } from '../../src/app/start.ts'
import { workOnCase } from '../../src/cases/service.ts'
import { createAuthenticator } from '../../src/identity/authenticate.ts'
import { PersonFacts, PersonIdentity, PersonMarks, PersonRole } from '../../src/persons/schema.ts'
import { newCode } from '../../src/platform/crypto/code.ts'
import { consult, Secret } from '../../src/platform/crypto/secret.ts'
import { readConfig } from '../../src/platform/kernel/config.ts'
import { type Id, idOf, newId } from '../../src/platform/kernel/ids.ts'
import { type Act, begin } from '../../src/platform/operation/op.ts'
import { insertingWraps, recordKeyMaker } from '../../src/platform/operation/record-keys.ts'
import { column, sealing } from '../../src/platform/operation/sealing.ts'
import { call, found, signIn } from './coalition.ts'
import { inventedNames } from './name-list.ts'

/*
 * How long a search takes among very many persons, beside pg_trgm over the same names in the open, in the same database:
 * `npm run bench:names [-- PERSONS]`. One lawyer is on the team of all the cases, each of 500 persons.
 */

const PERSONS = Number(process.argv[2] ?? 100_000)
const PER_CASE = 500
const SOUGHT = 100
const WARM_UP = 5

const person = sealing('persons', {
  identity: column('identity', PersonIdentity),
  facts: column('facts', PersonFacts),
  marks: column('facts', PersonMarks),
})
const link = sealing('case_persons', { facts: column('facts', PersonRole) })
const CASE = { identity: { title: 'Invented' }, narrative: { summary: 'Invented' }, legal: {}, facts: {} }

const folder = mkdtempSync(path.join(os.tmpdir(), 'guvoh-names-'))
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
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

async function measure(origin: string): Promise<void> {
  const printed = () => consult(setupCode, (code) => `set-up code: ${code}\n`)
  const { reader } = await found({ origin, printed }, 0)
  const names = inventedNames(PERSONS)
  for (let at = 0; at < names.length; at += PER_CASE) {
    const token = await signIn(origin, reader)
    const { id } = z.object({ id: idOf('cases') }).parse(await call(`${origin}/v1/cases`, { token, body: CASE }))
    await enter(token, id, names.slice(at, at + PER_CASE))
  }
  const token = await signIn(origin, reader)
  const swept = await timed(() => sweep(origin, token))
  const sought = inventedNames(SOUGHT + WARM_UP, 7)
  const ours = await each(sought, (text) =>
    call(`${origin}/v1/persons/matches`, { token, body: { who: { names: [{ text }] } } }),
  )
  await clearNames(names)
  const trigrams = await each(sought, (text) =>
    sql`select id, similarity(name, ${text}) as likeness from clear_names where name % ${text}
         order by likeness desc limit 20`.execute(database),
  )
  print('by blind tokens, over HTTP', ours)
  print('by pg_trgm, in the open, without HTTP', trigrams)
  console.log(`ratio at p95: ${(quantile(ours, 0.95) / quantile(trigrams, 0.95)).toFixed(2)}`)
  console.log(
    `tokens written in ${(swept / 1_000).toFixed(0)} s; load ${(os.loadavg()[0] ?? 0).toFixed(1)}, ${String(os.cpus().length)} processors`,
  )
}

async function enter(token: string, caseId: Id<'cases'>, names: readonly string[]): Promise<void> {
  const Claims = z.object({ sub: idOf('users'), sid: idOf('sessions'), share: z.string() })
  const claims = Claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
  const caller = await createAuthenticator(services, 'optional')(claims)
  if (caller === undefined) throw new Error('a session that was just opened is not known')
  const op = await begin(services, caller, 'person.create')
  await op.act((act) => insertPersons(act, caseId, names))
}

/** Five hundred at a time, as they lie when they were entered one by one. */
async function insertPersons(act: Act<'person.create'>, case_id: Id<'cases'>, names: readonly string[]): Promise<void> {
  const found = await workOnCase(act, case_id)
  const { organisation_id } = found
  const maker = recordKeyMaker([{ part: 'record', heldAs: found.held }])
  const persons = names.map((text) => {
    const row = { id: newId('persons'), organisation_id, entered_by: act.actor.id }
    const { access, wraps } = maker(row)
    const values = {
      identity: new Secret(PersonIdentity.parse({ names: [{ text }] })),
      facts: new Secret(PersonFacts.parse({})),
      marks: new Secret(PersonMarks.parse({ differs_from: [] })),
    }
    return { wraps, row: { ...row, ...person.seal(act, { ...row, seal_version: 1 }, { access, values }) } }
  })
  const links = persons.map(({ row: { id: person_id } }) => {
    const row = { id: newId('case_persons'), case_id, person_id, organisation_id, linked_by: act.actor.id }
    const { access, wraps } = maker(row)
    const values = { facts: new Secret(PersonRole.parse({ roles: ['witness'] })) }
    return { wraps, row: { ...row, ...link.seal(act, { ...row, seal_version: 1 }, { access, values }) } }
  })
  await act.db
    .insertInto('persons')
    .values(persons.map(({ row }) => row))
    .execute()
  await act.db
    .insertInto('case_persons')
    .values(links.map(({ row }) => row))
    .execute()
  await insertingWraps([...persons, ...links].flatMap(({ wraps }) => wraps)).execute(act.db)
}

async function sweep(origin: string, token: string): Promise<void> {
  for (;;) {
    const { may_be_more } = z
      .object({ may_be_more: z.boolean() })
      .parse(await call(`${origin}/v1/persons/sweep`, { token, body: undefined }))
    if (!may_be_more) return
  }
}

async function clearNames(names: readonly string[]): Promise<void> {
  await sql`create extension pg_trgm`.execute(database)
  await sql`create table clear_names (id uuid primary key default gen_random_uuid(), name text not null)`.execute(
    database,
  )
  await sql`insert into clear_names (name) select * from unnest(${names}::text[])`.execute(database)
  await sql`create index on clear_names using gin (name gin_trgm_ops)`.execute(database)
  await sql`analyze`.execute(database)
}

/** How long each took, in milliseconds, but for the first few. */
async function each(sought: readonly string[], ask: (text: string) => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (const text of sought) took.push(await timed(() => ask(text)))
  return took.slice(WARM_UP)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function quantile(took: readonly number[], share: number): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * share)] ?? Number.NaN
}

function print(what: string, took: readonly number[]): void {
  const [p50, p95] = [quantile(took, 0.5), quantile(took, 0.95)]
  console.log(`${what}, ${String(PERSONS)} persons: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`)
}
