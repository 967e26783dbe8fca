import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Child, freePort, startChild } from './bench/child.ts'
import { found, signIn } from './bench/coalition.ts'
import { reportsAsJson } from './bench/reports.ts'
import { examine, type Findings } from './crash-test/findings.ts'
import { forgetFailures, killPostmaster, readPostmaster } from './crash-test/postmaster.ts'
import { findShut } from './crash-test/reader.ts'
import { type Diary, sessionOf, write } from './crash-test/writers.ts'

/*
 * kill -9 of the server, again and again, under eight writers: `npm run crash-test [-- --kills 100]`. Its PostgreSQL
 * goes down with it in good order; every fourth time it is killed too, and comes back by its write-ahead log. At the
 * end nothing that was acknowledged may be lost, nothing doubled, nothing half-written.
 */

const ACCOUNTS = 2
const WRITERS = 8
const LIFE_MS = { least: 100, most: 1_600 }
const POSTMASTER_EVERY = 4

const { values: flags } = parseArgs({ options: { kills: { type: 'string', default: '100' } } })
const kills = Number(flags.kills)
if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills takes a whole number from 1 up')

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const folder = mkdtempSync(path.join(os.tmpdir(), 'guvoh-crash-'))
const data = path.join(folder, 'data')

// PostgreSQL runs under an account of its own when root tests: it must be able to pass through.
chmodSync(folder, 0o711)
try {
  process.exitCode = (await run()) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

async function run(): Promise<boolean> {
  const started = performance.now()
  const port = await freePort()
  const diary: Diary = { acknowledged: [], wrong: new Map(), retries: 0, signIns: 0 }
  const first = await startServer(port)
  const people = await found(first, ACCOUNTS)

  const stop = new AbortController()
  const sessions = people.writers.map((account) => sessionOf(first.origin, account, diary))
  const writing = Array.from({ length: WRITERS }, (_, nth) => {
    const session = sessions[nth % sessions.length]
    if (session === undefined) throw new Error('there are no writers')
    const writer = { name: `writer ${String(nth + 1)}`, origin: first.origin, report: reportOf(nth), ...session }
    return write(writer, diary, stop.signal)
  })
  const last = await killOverAndOver(first, port)
  stop.abort()
  await Promise.all(writing)

  const shut = await findShut(last.origin, await signIn(last.origin, people.reader), diary.acknowledged)
  const findings = await examine(readPostmaster(data).host, diary.acknowledged)
  await last.end('SIGTERM')
  return tell({ diary, findings, shut, seconds: (performance.now() - started) / 1_000 })
}

function startServer(port: number): Promise<Child> {
  const args = ['--port', String(port), '--data', data]
  const env = { GUVOH_SECOND_FACTOR: 'optional', GUVOH_REQUESTS_PER_MINUTE: '100000000', GUVOH_LOG_LEVEL: 'error' }
  const command = [process.execPath, '--import', 'tsx', main, ...args] as const
  return startChild({ command, log: path.join(folder, 'server.log'), port, env })
}

/** The server that runs after the last kill. */
async function killOverAndOver(first: Child, port: number): Promise<Child> {
  let server = first
  for (let nth = 1; nth <= kills; nth += 1) {
    await sleep(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least))
    if (nth % POSTMASTER_EVERY === 0) killPostmaster(data)
    await server.end('SIGKILL')
    server = await startServer(port)
    await forgetFailures(data)
    if (nth % 10 === 0) console.error(`${String(nth)} kills …`)
  }
  return server
}

/** Report number `nth` of the benchmark's, with a summary by which it is known again. */
function reportOf(nth: number): (summary: string) => string {
  const json = reportsAsJson(WRITERS)[nth] ?? '{}'
  return (summary) => json.replace(/"summary":"[^"]*"/, `"summary":"${summary}"`)
}

type Outcome = { diary: Diary; findings: Findings; shut: readonly string[]; seconds: number }

/** Prints what was found. Whether all is well. */
function tell({ diary, findings, shut, seconds }: Outcome): boolean {
  const { lost, doubled, halfWritten } = findings
  const failures = Object.entries({ lost, doubled, 'half-written': halfWritten, 'not opening': shut })
  for (const [kind, which] of failures) for (const one of which.slice(0, 5)) console.error(`${kind}: ${one}`)
  for (const [answer, times] of diary.wrong) console.error(`answered ${String(times)} times: ${answer}`)
  const counts = failures.map(([kind, which]) => `${String(which.length)} ${kind}`).join(', ')
  const wrong = [...diary.wrong.values()].reduce((sum, times) => sum + times, 0)
  console.log(
    `${String(kills)} kills (${String(Math.floor(kills / POSTMASTER_EVERY))} of PostgreSQL too), ` +
      `${String(diary.acknowledged.length)} reports acknowledged after ${String(diary.retries)} retries and ` +
      `${String(diary.signIns)} sign-ins: ${counts}, ${String(wrong)} wrong answers; took ${seconds.toFixed(0)} s`,
  )
  return wrong === 0 && failures.every(([, which]) => which.length === 0)
}
