import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const START_MS_MAX = 60_000
const MAIN = new URL('../../../src/main.ts', import.meta.url).pathname

/** The program as people run it, with an embedded database of its own. */
export type Running = {
  readonly url: string
  readonly setupCode: string
  readonly data: string
  /** How to reach its database, as somebody with the rights of the server's account can. */
  readonly database: { host: string; port: number; user: string; database: string }
  /** All that it has written to its log so far. */
  log(): string
  stop(): Promise<void>
}

export async function startProgram(environment: Readonly<Record<string, string>>): Promise<Running> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'guvoh-c-'))
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--port', '0', '--data', data], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const stop = () => end(child, data)
  try {
    const [, url, setupCode] = await announced(child, () => output)
    const [, , , , host = ''] = (await readFile(path.join(data, 'database/data/postmaster.pid'), 'utf8')).split('\n')
    const database = { host, port: 5432, user: 'postgres', database: 'postgres' }
    const log = () => output.replace(String(setupCode), '')
    return { url: String(url), setupCode: String(setupCode), data, database, log, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function announced(child: ChildProcess, output: () => string): Promise<RegExpExecArray> {
  for (let waited = 0; waited < START_MS_MAX && child.exitCode === null; waited += 50) {
    const found = /listens at (http:\S+);[^]*until this process ends: (\S+)/.exec(output())
    if (found !== null) return found
    await sleep(50)
  }
  throw new Error(`the program did not start: ${output()}`)
}

async function end(child: ChildProcess, data: string): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await rm(data, { recursive: true, force: true })
}
