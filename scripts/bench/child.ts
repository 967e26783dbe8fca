import { type ChildProcess, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server in a process group of its own. What it prints goes to a file, so that nobody has to read along. */
export type Child = {
  readonly origin: string
  /** Everything printed so far. */
  printed(): string
  /** Holds it still while the other one is measured. */
  pause(): void
  resume(): void
  /** Sends the signal to the whole group, and waits until nobody of it is left. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export type Launch = {
  readonly command: readonly [string, ...string[]]
  readonly log: string
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
}

const START_MS_MAX = 60_000
const END_MS_MAX = 30_000
const POLL_MS = 5

const alive = new Set<number>()
process.on('exit', () => {
  for (const group of alive) signalTo(group, 'SIGKILL')
})

/** Starts a server; resolves when /health/ready answers 200. */
export async function startChild({ command, log, port, env }: Launch): Promise<Child> {
  const file = openSync(log, 'a')
  const [program, ...args] = command
  const server = spawn(program, args, {
    detached: true,
    stdio: ['ignore', file, file],
    env: { ...process.env, ...env },
  })
  const group = server.pid
  if (group === undefined) throw new Error(`${program} did not start`)
  alive.add(group)
  const child = handle({ group, origin: `http://127.0.0.1:${String(port)}`, log })
  await ready(server, child)
  return child
}

function handle({ group, origin, log }: { group: number; origin: string; log: string }): Child {
  return {
    origin,
    printed: () => readFileSync(log, 'utf8'),
    pause: () => signalTo(group, 'SIGSTOP'),
    resume: () => signalTo(group, 'SIGCONT'),
    async end(signal) {
      signalTo(group, signal)
      for (let waited = 0; isAlive(group); waited += POLL_MS) {
        if (waited >= END_MS_MAX) throw new Error(`a server did not end:\n${readFileSync(log, 'utf8').slice(-2_000)}`)
        await sleep(POLL_MS)
      }
      alive.delete(group)
    },
  }
}

async function ready(server: ChildProcess, { origin, printed }: Child): Promise<void> {
  for (let waited = 0; waited < START_MS_MAX; waited += POLL_MS) {
    if (server.exitCode !== null) break
    if (await answers(`${origin}/health/ready`)) return
    await sleep(POLL_MS)
  }
  throw new Error(`a server did not get ready:\n${printed().slice(-2_000)}`)
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (reply) => {
      await reply.text()
      return reply.status === 200
    },
    () => false,
  )

/** A group that has ended already is no mistake. */
function signalTo(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal)
  } catch {
    alive.delete(group)
  }
}

function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}

/** A port that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = portOf(probe.address())
      probe.close(() => resolve(port))
    })
  })
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address
}
