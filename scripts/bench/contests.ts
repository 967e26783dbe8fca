import { z } from 'zod'
import type { Child } from './child.ts'
import { call } from './coalition.ts'
import type { Load, LoadClient } from './load.ts'
import { reportsAsJson } from './reports.ts'
import { type Comparison, compare, type ServerName } from './rounds.ts'

const PAGE = 50
/** More reports than a session remembers the keys of. */
const PAGES = 40
/** What has a bar gets more rounds, and time for the servers to compile what they run often. */
const LONG = { rounds: 5, seconds: 2.5, warm_up_seconds: 4 }
const SHORT = { rounds: 2, seconds: 2, warm_up_seconds: 1.5 }

export type Headers = Readonly<Record<string, string>>

/** A server with the headers of somebody who may submit to it, and of somebody who may read there. */
export type Contestant = { readonly child: Child; readonly writer: Headers; readonly reader: Headers }
type Contestants = Readonly<Record<ServerName, Contestant>>

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })
const json = { 'content-type': 'application/json' }

/** What people do most, done by the three servers in turns. */
export async function contests(client: LoadClient, contestants: Contestants): Promise<Comparison[]> {
  const { ours, bare, guarded } = contestants
  const submit = { method: 'POST', paths: ['/v1/incidents'], bodies: reportsAsJson(200) } as const
  const submitting = ({ child, writer }: Contestant, isKeyed = false) => ({
    child,
    load: { ...submit, headers: { ...json, ...writer }, is_keyed: isKeyed },
  })
  const reading = async ({ child, reader }: Contestant) => ({
    child,
    load: { paths: (await idsOf(child, reader)).map((id) => `/v1/incidents/${id}`), headers: reader },
  })
  const listing = ({ child, reader }: Contestant, paths = [`/v1/incidents?limit=${String(PAGE)}`]) => ({
    child,
    load: { paths, headers: reader },
  })
  const plain = { bare: submitting(bare), guarded: submitting(guarded) }
  const listed = { bare: listing(bare), guarded: listing(guarded) }
  return [
    await compare(client, { name: 'submit', sides: { ours: submitting(ours), ...plain } }, LONG),
    await compare(client, { name: 'submit, keyed', sides: { ours: submitting(ours, true), ...plain } }, SHORT),
    await compare(
      client,
      {
        name: 'read one',
        sides: { ours: await reading(ours), bare: await reading(bare), guarded: await reading(guarded) },
      },
      SHORT,
    ),
    await compare(client, { name: 'list of 50', sides: { ours: listing(ours), ...listed } }, LONG),
    await compare(
      client,
      { name: 'list, new page', sides: { ours: listing(ours, await pagesOf(ours)), ...listed } },
      SHORT,
    ),
  ]
}

const Page = z.object({
  items: z.array(z.object({ id: z.string(), facts: z.object({}) })),
  next: z.string().nullable(),
})

async function pageOf({ child, reader }: Pick<Contestant, 'child' | 'reader'>, path: string) {
  return Page.parse(await call(`${child.origin}${path}`, { method: 'GET', headers: reader }))
}

/** Some ids to read one by one. Throws unless the facts on the page are open. */
async function idsOf(child: Child, reader: Headers): Promise<string[]> {
  const { items } = await pageOf({ child, reader }, '/v1/incidents?limit=200')
  return items.map(({ id }) => id)
}

/** Page after page: whoever goes round finds no key still remembered. */
async function pagesOf(contestant: Contestant): Promise<string[]> {
  const first = `/v1/incidents?limit=${String(PAGE)}`
  const paths = [first]
  for (let path = first; paths.length < PAGES; paths.push(path)) {
    const { next } = await pageOf(contestant, path)
    if (next === null) break
    path = `${first}&after=${next}`
  }
  return paths
}

/** Submits until so many reports are stored, lists some, and asks the server how much memory it holds, in MiB. */
export async function fill(
  client: LoadClient,
  { child, writer, reader }: Contestant,
  reports: number,
): Promise<number> {
  const load: Omit<Load, 'method' | 'paths' | 'headers' | 'requests_max'> = {
    origin: child.origin,
    bodies: [],
    is_keyed: false,
    connections: 10,
    seconds: 300,
  }
  const requests_max = Math.max(0, reports - (await metric(child, SUBMITTED)))
  const submit = { method: 'POST', paths: ['/v1/incidents'], bodies: reportsAsJson(200) } as const
  await client.run({ ...load, ...submit, headers: { ...json, ...writer }, requests_max })
  const list = { method: 'GET', paths: [`/v1/incidents?limit=${String(PAGE)}`] } as const
  await client.run({ ...load, ...list, headers: reader, requests_max: 200 })
  return (await metric(child, 'process_resident_memory_bytes')) / 2 ** 20
}

const SUBMITTED = 'guvoh_request_seconds_count{method="POST",route="/v1/incidents",status="201"}'

async function metric({ origin }: Child, name: string): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text()
  const line = metrics.split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.slice(name.length) ?? 0)
}
