import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { request } from 'undici'
import { z } from 'zod'
import { type Child, freePort, startChild } from './child.ts'
import { call, found, signIn } from './coalition.ts'
import { median } from './rounds.ts'

/*
 * A large file up and down beside plain tus without encryption, turn by turn in one run:
 * `npm run bench:evidence [-- --mib 1024 --rounds 3]`. Both servers and the one who sends are on this machine.
 */

const BARS = { ratio: 0.6, growth_mb: 100 }
const MIB = 1024 ** 2
const WATCH_MS = 100
const PATIENCE = { headersTimeout: 600_000, bodyTimeout: 600_000 }

const Made = z.object({ id: z.string() })

const scripts = path.dirname(fileURLToPath(import.meta.url))
const node = [process.execPath, '--import', 'tsx'] as const
const text = { type: 'string' } as const
const { values: flags } = parseArgs({
  options: { mib: { ...text, default: '1024' }, rounds: { ...text, default: '3' } },
})
const size = Number(flags.mib) * MIB
const block = randomBytes(MIB)
const folder = mkdtempSync(path.join(os.tmpdir(), 'guvoh-bench-'))
// PostgreSQL runs under an account of its own when root measures: it must be able to pass through.
chmodSync(folder, 0o711)
try {
  process.exitCode = (await measure()) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

type Speeds = { readonly up: number; readonly down: number }
type Contestant = {
  readonly child: Child
  readonly headers: () => Promise<Record<string, string>>
  keep(id: string): Promise<string>
}

async function measure(): Promise<boolean> {
  const ours = await startOurs()
  const plain = await startPlain()
  await turn(ours, 64 * MIB)
  await turn(plain, 64 * MIB)
  const memory = watch(ours.child)
  const rounds: { ours: Speeds; plain: Speeds }[] = []
  for (let nth = 1; nth <= Number(flags.rounds); nth += 1) {
    console.error(`round ${String(nth)} …`)
    rounds.push({ plain: await turn(plain, size), ours: await turn(ours, size) })
  }
  const growth_mb = await memory()
  await Promise.all([ours.child.end('SIGTERM'), plain.child.end('SIGTERM')])
  const isFast = (['up', 'down'] as const).map((way) => tell(way, rounds))
  console.log(`server memory grew by ${growth_mb.toFixed(0)} MB at most (bar ${String(BARS.growth_mb)})`)
  return isFast.every(Boolean) && growth_mb <= BARS.growth_mb
}

/** The middle of the rounds, each with its own ratio: both were measured side by side. */
function tell(way: keyof Speeds, rounds: readonly { ours: Speeds; plain: Speeds }[]): boolean {
  const ratio = median(rounds.map((round) => round.ours[way] / round.plain[way]))
  const of = (who: 'ours' | 'plain') => `${median(rounds.map((round) => round[who][way])).toFixed(0)} MB/s`
  console.log(
    `${flags.mib} MiB ${way}: ${of('ours')} beside ${of('plain')} of plain tus, ratio ${ratio.toFixed(2)} (bar ${String(BARS.ratio)})`,
  )
  return ratio >= BARS.ratio
}

async function startOurs(): Promise<Contestant> {
  const port = await freePort()
  const main = path.resolve(scripts, '../../src/main.ts')
  const env = { GUVOH_SECOND_FACTOR: 'optional', GUVOH_REQUESTS_PER_MINUTE: '100000000' }
  const command = [...node, main, '--port', String(port), '--data', path.join(folder, 'ours')] as const
  const child = await startChild({ command, log: path.join(folder, 'ours.log'), port, env })
  const { reader } = await found(child, 0)
  const token = await signIn(child.origin, reader)
  const empty = { identity: { title: 'Invented' }, narrative: { summary: 'Invented' }, legal: {} }
  const body = { ...empty, facts: { kind: 'torture_or_ill_treatment' } }
  const opened = Made.parse(await call(`${child.origin}/v1/cases`, { token, body }))
  // A token holds for ten minutes, and a slow machine may need longer.
  const headers = async () => ({ authorization: `Bearer ${await signIn(child.origin, reader)}` })
  const keep = async (id: string) => {
    const said = {
      identity: { file_name: 'a' },
      narrative: { how_obtained: 'b' },
      facts: { kind: 'video', media: 'video/mp4' },
    }
    const item = await call(`${child.origin}/v1/cases/${opened.id}/evidence`, {
      token: await signIn(child.origin, reader),
      body: { upload_id: id, ...said },
    })
    return `/v1/evidence/${Made.parse(item).id}/content`
  }
  return { child, headers, keep }
}

async function startPlain(): Promise<Contestant> {
  const port = await freePort()
  const data = path.join(folder, 'plain')
  mkdirSync(data)
  const command = [...node, path.join(scripts, 'plain-tus.ts'), data, String(port)] as const
  const child = await startChild({ command, log: path.join(folder, 'plain.log'), port })
  return { child, headers: () => Promise.resolve({}), keep: (id) => Promise.resolve(`/v1/uploads/${id}`) }
}

/** A file up, and down again, in megabytes a second. */
async function turn({ child, headers, keep }: Contestant, bytes: number): Promise<Speeds> {
  const by = { 'tus-resumable': '1.0.0', ...(await headers()) }
  const begun = await request(`${child.origin}/v1/uploads`, {
    method: 'POST',
    headers: { ...by, 'upload-length': String(bytes) },
  })
  await begun.body.dump()
  const place = z.string().parse(begun.headers['location'])
  const up = await timed(bytes, () => send(`${child.origin}${place}`, by, bytes))
  const from = await keep(path.basename(place))
  const down = await timed(bytes, () => fetchAll(`${child.origin}${from}`, by, bytes))
  return { up, down }
}

async function timed(bytes: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return bytes / 1e6 / ((performance.now() - started) / 1_000)
}

async function send(url: string, by: Record<string, string>, bytes: number): Promise<void> {
  const parts = function* () {
    for (let at = 0; at < bytes; at += block.length) yield block
  }
  const headers = {
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'content-length': String(bytes),
  }
  const body = Readable.from(parts(), { objectMode: false })
  const sent = await request(url, { method: 'PATCH', headers: { ...by, ...headers }, body, ...PATIENCE })
  await sent.body.dump()
  if (sent.statusCode !== 204 || sent.headers['upload-offset'] !== String(bytes))
    throw new Error(`the upload ended with ${String(sent.statusCode)}`)
}

async function fetchAll(url: string, headers: Record<string, string>, bytes: number): Promise<void> {
  const reply = await request(url, { headers, ...PATIENCE })
  let received = 0
  for await (const part of reply.body) received += Buffer.from(part).length
  if (reply.statusCode !== 200 || received !== bytes)
    throw new Error(`${String(received)} bytes came down with ${String(reply.statusCode)}`)
}

/** Looks at the memory of a server until it is asked by how much it has grown at most. */
function watch({ origin }: Child): () => Promise<number> {
  const seen: number[] = []
  const over = new AbortController()
  const looking = (async () => {
    while (!over.signal.aborted) {
      const page = await (await fetch(`${origin}/metrics`)).text()
      seen.push(Number(/^process_resident_memory_bytes (\S+)$/m.exec(page)?.[1]))
      await new Promise((wake) => setTimeout(wake, WATCH_MS))
    }
  })()
  return async () => {
    over.abort()
    await looking
    return (Math.max(...seen) - (seen[0] ?? 0)) / 1e6
  }
}
