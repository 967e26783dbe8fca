import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What the client is to ask, over how many connections at once, until the time or the number is up. */
export type Load = {
  readonly origin: string
  readonly method: 'GET' | 'POST'
  /** Asked for in turn; so are the bodies. */
  readonly paths: readonly string[]
  readonly bodies: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  /** With a fresh Idempotency-Key on each request. */
  readonly is_keyed: boolean
  readonly connections: number
  readonly seconds: number
  readonly requests_max: number
}

const Measured = z.object({
  requests: z.number(),
  seconds: z.number(),
  p50_ms: z.number(),
  p95_ms: z.number(),
  statuses: z.record(z.string(), z.number()),
})
export type Measured = z.output<typeof Measured>

export type LoadClient = {
  /** What the client saw; an Error when any answer was not a good one. */
  run(load: Load): Promise<Measured>
  end(): void
}

export function startClient(): LoadClient {
  const client = fork(fileURLToPath(new URL('client.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  process.once('exit', () => client.kill())
  return { run: (load) => run(client, load), end: () => client.disconnect() }
}

async function run(client: ChildProcess, load: Load): Promise<Measured> {
  client.send(load)
  const [measured] = z
    .tuple([Measured])
    .rest(z.unknown())
    .parse(await once(client, 'message'))
  const bad = Object.keys(measured.statuses).filter((status) => !status.startsWith('2'))
  if (bad.length > 0) throw new Error(`${load.method} ${load.paths[0] ?? ''} was answered ${bad.join(', ')}`)
  return measured
}
