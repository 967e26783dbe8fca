import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf } from './support/caller.ts'
import { changePassphrases, gatherPeople, type People, recover, setSecondFactors } from './support/canary-people.ts'
import { doTheMainJob, makeMistakes } from './support/canary-work.ts'
import { takeDump, withClient } from './support/dump.ts'
import { createFinder, formsOfBytes, formsOfText, type Needle } from './support/finder.ts'
import { type Opened, openWith } from './support/kit.ts'
import { type Configuration, keyBehind, keyOfRecovery, keyOfSession, readConfiguration } from './support/loot.ts'
import { codes, keyColumns, markedColumns, MARKS, passphrases, stems } from './support/marks.ts'
import { type Running, startProgram } from './support/process.ts'
import { sealedValues } from './support/sealed-values.ts'

const settings = {
  GUVOH_LOG_LEVEL: 'info',
  GUVOH_SECOND_FACTOR: 'optional',
  GUVOH_TRUST_PROXY: 'yes',
  GUVOH_REQUESTS_PER_MINUTE: '1000000',
  GUVOH_SMTP_URL: 'smtp://127.0.0.1:9',
  GUVOH_MAIL_FROM: 'guvoh@example.org',
}

const isCode = /^[0-9A-Z-]{34}$/

let program: Running
let people: People
let mistakes: string[]
let opened: Opened
let find: (haystack: Buffer) => string[]
afterAll(() => program.stop())
beforeAll(async () => {
  program = await startProgram(settings)
  const caller = callerOf(program.url)
  people = await gatherPeople(caller, program.setupCode)
  await doTheMainJob(caller, people)
  mistakes = await makeMistakes(caller, people)
  const changed = await changePassphrases(caller, people.members.slice(6, 8))
  const recovered = await recover(caller, people)
  opened = await openEverything(
    readConfiguration(await readFile(path.join(program.data, 'keys.json'), 'utf8')),
    recovered,
  )
  const seeds = await setSecondFactors(caller, people.members.slice(8, 18))
  find = createFinder(needles([...people.handedOut, ...changed, ...recovered, ...seeds]))
}, 600_000)

/** What passphrases of every kind of person, the sessions, and the codes of recoveries open between them. */
async function openEverything(configuration: Configuration, recoveryCodes: readonly string[]): Promise<Opened> {
  const dump = await takeDump(program.database)
  const kinds = [people.founder, ...people.members.slice(0, 7)]
  const keys = await Promise.all(kinds.map((person) => keyBehind({ dump, configuration }, person)))
  const shares = people.handedOut.filter((text) => /^[\w-]{43}$/.test(text))
  const sessions = shares.map((share) => keyOfSession(Buffer.from(share, 'base64url'), configuration.pepper))
  const recoveries = recoveryCodes.filter((code) => isCode.test(code)).map(keyOfRecovery)
  return openWith(sealedValues(dump), [...keys, ...sessions, ...recoveries], { aimed: true })
}

/** The marks, what was handed out, and every key: in all forms. */
function needles(handedOut: readonly string[]): Needle[] {
  const keys = [...opened].flatMap(([{ column }, { plain, key }]) => [
    ...formsOfBytes(`a key of ${column}`, key),
    ...(plain.length === 32 ? formsOfBytes(`a key in ${column}`, plain) : []),
    ...(/secret$/.test(column)
      ? privateKeysIn(plain).flatMap((bytes) => formsOfBytes(`a key in ${column}`, bytes))
      : []),
  ])
  const tokens = handedOut.filter((text) => /^[\w-]{43}$/.test(text)).map((text) => Buffer.from(text, 'base64url'))
  const codesTyped = handedOut.filter((text) => isCode.test(text)).map((text) => text.replaceAll('-', ''))
  return [
    ...[...stems, ...codes, ...handedOut, ...codesTyped, '2001:db8:cafe'].flatMap(formsOfText),
    ...tokens.flatMap((bytes) => formsOfBytes('a token', bytes)),
    ...keys,
  ]
}

function privateKeysIn(secret: Buffer): Buffer[] {
  const { agreement, signing } = JSON.parse(secret.toString())
  return [agreement, signing].map((text) => Buffer.from(String(text), 'base64'))
}

/** Every file of the database, write-ahead log and all, and every file of evidence, one by one. */
async function searchFiles(): Promise<string[]> {
  await withClient(program.database, (client) => client.query('checkpoint'))
  const folders = ['database', 'evidence'].map((name) => path.join(program.data, name))
  const entries = (
    await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })))
  ).flat()
  const found = new Set<string>()
  let bytes = 0
  for (const entry of entries.filter((one) => one.isFile())) {
    // A cache of the server's own may go while we read.
    const content = await readFile(path.join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0))
    bytes += content.length
    for (const what of find(content)) found.add(`${entry.name}: ${what}`)
  }
  expect(bytes).toBeGreaterThan(30_000_000)
  return [...found]
}

/** Every row of every table of every schema, as text: what a dump holds, decompressed. */
function searchRows(): Promise<string[]> {
  return withClient(program.database, async (client) => {
    const tables = await client.query<{ name: string }>(`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`)
    const found = new Set<string>()
    for (const { name } of tables.rows) {
      const rows = await client.query<{ line: string }>(`select t::text as line from ${name} t`)
      for (const what of find(Buffer.from(rows.rows.map(({ line }) => line).join('\n')))) found.add(`${name}: ${what}`)
    }
    return [...found]
  })
}

describe('the marks reached where they should', () => {
  test('fifty of them in each field of every sealed column that holds content', () => {
    const texts = new Map<string, string>()
    for (const [{ column }, { plain }] of opened) texts.set(column, (texts.get(column) ?? '') + plain.toString())
    const marksIn = (column: string) => {
      const marks = texts.get(column)?.match(/(Kanareika|Канарейка) [a-z ]+ \d+|"violation":"\w+"|"tags":\["\w+"\]/g)
      const byField = new Map<string, Set<string>>()
      for (const mark of marks ?? []) {
        const field = mark.replace(/^(Kanareika|Канарейка) | \d+$|:.*/g, '')
        byField.set(field, (byField.get(field) ?? new Set()).add(mark))
      }
      return [...byField].filter(([field]) => field !== 'founding').map(([, set]) => set.size)
    }

    for (const column of markedColumns) expect([column, Math.min(...marksIn(column))]).toEqual([column, MARKS])
  })

  test('and every kind of key came to light, so that it can be searched for', () => {
    const columns = new Set([...opened.keys()].map(({ column }) => column))

    expect(keyColumns.filter((column) => !columns.has(column))).toEqual([])
    expect(new Set(people.handedOut).size).toBeGreaterThan(4 * MARKS)
    expect(passphrases).toHaveLength(MARKS)
  })
})

describe('nowhere but in what was sealed is there a trace of what people wrote, or of a key:', () => {
  test('not in the files of the database, the write-ahead log included', async () => {
    expect(await searchFiles()).toEqual([])
  })

  test('not in any row of any table', async () => {
    expect(await searchRows()).toEqual([])
  })

  test('not in the log, which tells of every request', () => {
    expect(program.log().match(/"request"/g)?.length).toBeGreaterThan(1000)
    expect(find(Buffer.from(program.log()))).toEqual([])
  })

  test('not in what is said of a mistake', () => {
    const echoed = mistakes.filter((answer) => find(Buffer.from(answer.slice(answer.indexOf('{')))).length > 0)

    expect(echoed).toEqual([])
    expect(mistakes.map((answer) => Number(answer.slice(0, 3))).filter((status) => status >= 500)).toEqual([])
  })
})

test('the search does find what is there: plain, in hexadecimal, in base64, in UTF-16, in Latin letters, and a key', async () => {
  const [name] = ['Канарейка name 1 Ҷамшеда']
  const [[, { key }] = [null, { key: Buffer.alloc(0) }]] = opened
  const planted = [
    `to plain|${name}`,
    `to hex|${Buffer.from(name).toString('hex')}`,
    `to base64|${Buffer.from(`x${name}`).toString('base64')}`,
    `to latin|Kanareyka`,
    `to key|${key.toString('hex')}`,
  ]
  await withClient(program.database, async (client) => {
    await client.query('create table scratch (line text, bytes bytea)')
    for (const line of planted)
      await client.query('insert into scratch values ($1, $2)', [line, Buffer.from(name, 'utf16le')])
  })

  const [inFiles, inRows] = [await searchFiles(), await searchRows()]

  const forms = ['канарейк', 'Канарейк in hex', 'Канарейк in base64', 'Канарейк in UTF-16', 'Kanareyk', 'in hex']
  for (const form of forms.slice(1)) {
    expect([form, inFiles.some((hit) => hit.includes(form))]).toEqual([form, true])
  }
  expect(inFiles.filter((hit) => /^[0-9A-F]{24}: /.test(hit)).length).toBeGreaterThan(0)
  expect(inRows.filter((hit) => hit.startsWith('public.scratch: ')).length).toBeGreaterThan(5)
  expect(find(Buffer.from(`{"level":"info","msg":"${name}"}`))).not.toEqual([])
}, 60_000)
