import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Child, freePort, startChild } from './child.ts'
import { z } from 'zod'
import { call, found, signIn } from './coalition.ts'
import { bearer, type Contestant, contests, fill } from './contests.ts'
import { fsyncMicroseconds } from './fsync.ts'
import { startClient } from './load.ts'
import { printTable, type Results } from './print.ts'
import { median } from './rounds.ts'

/*
 * How fast the service is beside a bare server that stores the same reports in the open: `npm run bench [-- --json]`.
 * Everything happens on this machine: two servers, each with an embedded PostgreSQL (fsync on), and one client process.
 */

const REPORTS_STORED = 20_000
const COLD_STARTS = 3

const scripts = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(scripts, '../..')
const node = [process.execPath, '--import', 'tsx'] as const
/** As `npm start` does it, after it was bundled. */
const service = [
  process.execPath,
  '--max-semi-space-size=8',
  '--enable-source-maps',
  path.join(root, 'dist/server/main.js'),
] as const
const env = { GUVOH_SECOND_FACTOR: 'optional', GUVOH_REQUESTS_PER_MINUTE: '100000000' }

const { values: flags } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const folder = mkdtempSync(path.join(os.tmpdir(), 'guvoh-bench-'))
// PostgreSQL runs under an account of its own when root measures: it must be able to pass through.
chmodSync(folder, 0o711)

try {
  const results = await measure()
  if (flags.json) console.log(JSON.stringify(results, null, 2))
  else printTable(results)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

async function measure(): Promise<Results> {
  const started = performance.now()
  const load_before = os.loadavg()[0] ?? 0
  const fsync_us = fsyncMicroseconds(folder)
  const { ours, data } = await startOurs()
  const bare = await startOther('bare')
  const guarded = await startOther('guarded')
  const client = startClient()
  const people = await found(ours, 1)
  const contestants = {
    ours: {
      child: ours,
      writer: bearer(await signIn(ours.origin, people.writers[0] ?? people.reader)),
      reader: bearer(await signIn(ours.origin, people.reader)),
    },
    bare: { child: bare, writer: {}, reader: {} },
    guarded: await signedIn(guarded),
  }
  const comparisons = await contests(client, contestants)
  const rss_mib = await fill(client, contestants.ours, REPORTS_STORED)
  client.end()
  for (const server of [bare, guarded, ours]) await server.end('SIGTERM')
  const cold_start_seconds = await coldStart(data)
  return {
    machine: { cpus: os.cpus().length, node: process.version, load_before, load_after: os.loadavg()[0] ?? 0, fsync_us },
    comparisons,
    reports_stored: REPORTS_STORED,
    rss_mib,
    cold_start_seconds,
    seconds: (performance.now() - started) / 1_000,
  }
}

async function startOurs() {
  execFileSync('npm', ['--prefix', root, 'run', '--silent', 'prestart'])
  const data = path.join(folder, 'ours')
  const port = await freePort()
  const args = ['--port', String(port), '--data', data]
  const log = path.join(folder, 'ours.log')
  return {
    ours: await startChild({ command: [...service, ...args], log, port, env }),
    data,
  }
}

async function startOther(kind: 'bare' | 'guarded'): Promise<Child> {
  const data = path.join(folder, kind)
  mkdirSync(data, { mode: 0o711 })
  const port = await freePort()
  const args = [path.join(data, 'database'), String(port), kind]
  const command = [...node, path.join(scripts, 'bare-server.ts'), ...args] as const
  return startChild({ command, log: path.join(folder, `${kind}.log`), port })
}

async function signedIn(child: Child): Promise<Contestant> {
  const { access_token } = z.object({ access_token: z.string() }).parse(await call(`${child.origin}/v1/session`, {}))
  return { child, writer: bearer(access_token), reader: bearer(access_token) }
}

/** From `npm start` to the first answer of /health/ready, with the database that is there. The middle of three. */
async function coldStart(data: string): Promise<number> {
  const took: number[] = []
  for (let nth = 0; nth < COLD_STARTS; nth += 1) {
    console.error('cold start …')
    const port = await freePort()
    const command = ['npm', '--prefix', root, 'start', '--', '--port', String(port), '--data', data] as const
    const started = performance.now()
    const server = await startChild({ command, log: path.join(folder, 'start.log'), port, env })
    took.push((performance.now() - started) / 1_000)
    await server.end('SIGTERM')
  }
  return median(took)
}
