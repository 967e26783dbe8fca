import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Embedded, startEmbedded } from '../../../src/platform/database/embedded.ts'

const LAUNCHER = new URL('../../../src/platform/database/embedded.ts', import.meta.url)

const folders: string[] = []
let dir: string

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guvoh-embedded-'))
  folders.push(folder)
  return folder
}

beforeEach(async () => {
  dir = path.join(await newFolder(), 'database')
})
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function query(server: Pick<Embedded, 'host' | 'port' | 'user'>, statement: string): Promise<string[]> {
  const client = new pg.Client({ host: server.host, port: server.port, user: server.user, database: 'postgres' })
  await client.connect()
  try {
    const { rows } = await client.query<string[]>({ text: statement, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

describe('a server for real use', () => {
  let server: Embedded
  let home: string

  beforeAll(async () => {
    home = path.join(await newFolder(), 'database')
    server = await startEmbedded({ dir: home })
  })
  afterAll(() => server.stop())

  test('loses nothing in a power cut, listens on no network and writes no statement to its log', async () => {
    const settings = await query(
      server,
      `select name || '=' || setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
        'data_checksums', 'listen_addresses', 'log_min_error_statement', 'log_statement', 'log_error_verbosity') order by 1`,
    )

    expect(settings).toEqual([
      'data_checksums=on',
      'fsync=on',
      'full_page_writes=on',
      'listen_addresses=',
      'log_error_verbosity=terse',
      'log_min_error_statement=panic',
      'log_statement=none',
      'synchronous_commit=on',
    ])
  })

  test('lets nobody else into its folders', async () => {
    const folders = [home, path.join(home, 'data'), server.host]

    const modes = await Promise.all(folders.map(async (at) => (await stat(at)).mode))

    expect(modes.map((mode) => mode & 0o077)).toEqual([0, 0, 0])
  })

  test('folds Cyrillic letters of every language it serves', async () => {
    expect(await query(server, `select lower('ҶАҲОНГИР ӨМҮРБЕК ЎҒИЛ')`)).toEqual(['ҷаҳонгир өмүрбек ўғил'])
  })

  test('refuses a second start in the same folder, which leaves the first alone', async () => {
    await expect(startEmbedded({ dir: home })).rejects.toThrow('Another process uses the database')

    expect(await query(server, 'select 1')).toEqual([1])
  })
})

test('a stop and a start keep the rows', async () => {
  const first = await startEmbedded({ dir })
  await query(first, 'create table kept as select 7 as n')
  await first.stop()

  const second = await startEmbedded({ dir })

  expect(await query(second, 'select n from kept')).toEqual([7])
  await second.stop()
})

test('it starts where the path is longer than that of a socket may be', async () => {
  const server = await startEmbedded({ dir: path.join(dir, 'a-long-name'.repeat(10)), disposable: true })

  expect(await query(server, 'select 1')).toEqual([1])
  await server.stop()
})

test('it says so when it ends by itself', async () => {
  const server = await startEmbedded({ dir, disposable: true })
  const postmaster = Number((await readFile(path.join(dir, 'data/postmaster.pid'), 'utf8')).split('\n')[0])

  process.kill(postmaster, 'SIGQUIT')

  expect((await server.lost).message).toContain('PostgreSQL has ended')
  await server.stop()
})

test('a first start that was cut short does not pass for a database', async () => {
  await (await startEmbedded({ dir, disposable: true })).stop()
  await rename(path.join(dir, 'data'), path.join(dir, 'data.new'))
  await rm(path.join(dir, 'data.new/base'), { recursive: true })

  const server = await startEmbedded({ dir, disposable: true })

  expect(await query(server, 'select 1')).toEqual([1])
  await server.stop()
})

/** A process of its own that starts the server in `dir`, inserts rows one by one and prints each that was acknowledged. */
function startWriter() {
  const script = `
    import { startEmbedded } from ${JSON.stringify(LAUNCHER.href)}
    import pg from 'pg'
    const { host, port, user } = await startEmbedded({ dir: ${JSON.stringify(dir)} })
    const client = new pg.Client({ host, port, user, database: 'postgres' })
    await client.connect()
    await client.query('create table if not exists written (n int primary key)')
    const { rows } = await client.query('select coalesce(max(n), 0) as n from written')
    for (let n = rows[0].n + 1; ; n += 1) {
      await client.query('insert into written values ($1)', [n])
      process.stdout.write(n + '\\n')
    }`
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script]
  return spawn(process.execPath, args, { cwd: new URL('../../..', LAUNCHER), stdio: ['ignore', 'pipe', 'inherit'] })
}

test('kill -9 of the process, three times over, loses no acknowledged row', { timeout: 60_000 }, async () => {
  let acknowledged = 0
  for (let round = 1; round <= 3; round += 1) {
    const writer = startWriter()
    writer.stdout.setEncoding('utf8')
    let output = ''
    for await (const text of writer.stdout) {
      output += String(text)
      if (output.length > 500 && !writer.killed) writer.kill('SIGKILL')
    }
    acknowledged = Number(output.trimEnd().split('\n').at(-1))
  }

  const server = await startEmbedded({ dir })

  const [count, last] = await query(server, 'select count(*)::int, max(n) from written')
  expect(acknowledged).toBeGreaterThan(300)
  expect(Number(last)).toBeGreaterThanOrEqual(acknowledged)
  expect(count).toBe(last)
  await server.stop()
})
