import { Client } from 'undici'
import type { Load, Measured } from './load.ts'

/* The one who asks: a process of its own, so that it disturbs both servers alike. Gets a load, answers what it saw. */

process.on('message', (load: Load) => {
  void run(load).then((measured) => process.send?.(measured))
})
process.once('disconnect', () => process.exit(0))

async function run(load: Load): Promise<Measured> {
  const took: number[] = []
  const statuses = new Map<number, number>()
  const started = performance.now()
  const end = started + load.seconds * 1_000
  let sent = 0
  const wantsMore = () => sent < load.requests_max && performance.now() < end
  const talk = async (): Promise<void> => {
    const client = new Client(load.origin, { pipelining: 1 })
    while (wantsMore()) {
      const nth = sent
      sent += 1
      const before = performance.now()
      const status = await ask(client, load, nth)
      took.push(performance.now() - before)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    await client.close()
  }
  await Promise.all(Array.from({ length: load.connections }, talk))
  const seconds = (performance.now() - started) / 1_000
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.floor(took.length * share)] ?? 0
  return { requests: took.length, seconds, p50_ms: at(0.5), p95_ms: at(0.95), statuses: Object.fromEntries(statuses) }
}

async function ask(client: Client, { method, paths, bodies, headers, is_keyed }: Load, nth: number): Promise<number> {
  const body = bodies[nth % bodies.length]
  const reply = await client.request({
    method,
    path: paths[nth % paths.length] ?? '/',
    headers: { ...headers, ...(is_keyed && { 'idempotency-key': crypto.randomUUID() }) },
    ...(body !== undefined && { body }),
  })
  await reply.body.arrayBuffer()
  return reply.statusCode
}
