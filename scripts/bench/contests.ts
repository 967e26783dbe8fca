import { z } from 'zod'
import type { Child } from './child.ts'
import { call } from './coalition.ts'
import type { LoadClient } from './load.ts'
import { reportsAsJson } from './reports.ts'
import { compare } from './rounds.ts'

const PAGE = 50
/** What has a bar gets more rounds, and time for the servers to compile what they run often. */
const LONG = { rounds: 7, seconds: 3, warm_up_seconds: 5 }
const SHORT = { rounds: 3, seconds: 2, warm_up_seconds: 2 }

export type Headers = Readonly<Record<string, string>>
type Contestants = { client: LoadClient; ours: Child; bare: Child; writer: Headers; reader: Headers }

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })
const json = { 'content-type': 'application/json' }

/** The four things people do most, each done by both servers in turns. */
export async function contests({ client, ours, bare, writer, reader }: Contestants) {
  const submit = { method: 'POST', paths: ['/v1/incidents'], bodies: reportsAsJson(200), headers: json } as const
  const submitOurs = { ...submit, headers: { ...json, ...writer } }
  console.error('submit …')
  const submitting = { ours: { child: ours, load: submitOurs }, bare: { child: bare, load: submit } }
  const submits = await compare(client, { name: 'submit', ...submitting }, LONG)
  console.error('submit with Idempotency-Key …')
  const keyed = { ...submitting, ours: { child: ours, load: { ...submitOurs, is_keyed: true } } }
  const keyedSubmits = await compare(client, { name: 'submit, keyed', ...keyed }, SHORT)

  const list = [`/v1/incidents?limit=${String(PAGE)}`]
  const one = async (child: Child, headers: Headers) => {
    const ids = await idsOf(child, headers)
    return { child, load: { paths: ids.map((id) => `/v1/incidents/${id}`), headers } }
  }
  console.error('read …')
  const reading = { ours: await one(ours, reader), bare: await one(bare, {}) }
  const reads = await compare(client, { name: 'read one', ...reading }, SHORT)
  console.error('list …')
  const listing = {
    ours: { child: ours, load: { paths: list, headers: reader } },
    bare: { child: bare, load: { paths: list, headers: {} } },
  }
  const lists = await compare(client, { name: `list of ${String(PAGE)}`, ...listing }, LONG)
  return [submits, keyedSubmits, reads, lists]
}

const Page = z.object({ items: z.array(z.object({ id: z.string(), facts: z.object({}) })), next: z.unknown() })

/** Some ids to read one by one. Throws unless the facts on the page are open. */
async function idsOf({ origin }: Child, headers: Headers): Promise<string[]> {
  const page = Page.parse(await call(`${origin}/v1/incidents?limit=200`, { method: 'GET', headers }))
  return page.items.map(({ id }) => id)
}

type Filling = Omit<Contestants, 'bare'>

/** Submits until so many reports are stored, lists some, and asks the server how much memory it holds. */
export async function fill({ client, ours, writer, reader }: Filling, reports: number): Promise<number> {
  const { origin } = ours
  const stored = await countStored(ours, reader)
  console.error(`filling up from ${String(stored)} …`)
  const load = { origin, is_keyed: false, connections: 10, seconds: 120 }
  const submit = { ...load, method: 'POST', paths: ['/v1/incidents'], bodies: reportsAsJson(200) } as const
  const requests_max = Math.max(0, reports - stored)
  await client.run({ ...submit, headers: { ...json, ...writer }, requests_max })
  const list = { ...load, method: 'GET', paths: ['/v1/incidents?limit=50'], bodies: [], headers: reader } as const
  await client.run({ ...list, requests_max: 200 })
  const metrics = await (await fetch(`${origin}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]) / 2 ** 20
}

async function countStored({ origin }: Child, headers: Headers): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`, { headers })).text()
  const line = /guvoh_request_seconds_count\{method="POST",route="\/v1\/incidents",status="201"\} (\d+)/.exec(metrics)
  return Number(line?.[1] ?? 0)
}
