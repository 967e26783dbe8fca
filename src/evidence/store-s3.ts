import { AwsClient } from 'aws4fetch'
import { z } from 'zod'
import type { Config } from '../platform/kernel/config.ts'
import { Problem } from '../platform/kernel/problem.ts'
import { awayForNow, storageFull } from './problems.ts'
import type { BlobStore } from './store.ts'

type Place = NonNullable<Config['s3']>

const ANSWER_MS_MAX = 60_000
const RETRIES = 2
const REMOVED_AT_ONCE = 16
const FULL = 507

/** One object: its key is the file and the piece. */
type Stored = { readonly key: string; readonly bytes: number; readonly changed_at: Date }

/** Objects in a bucket of any server that speaks S3. A piece is one object: put whole or not at all, and kept when said to be. */
export function s3Store(place: Place): BlobStore {
  const ask = askerOf(place)
  const listed = (prefix: string) => listAll(ask, prefix)
  const remove = async (keys: readonly string[]) => {
    for (let at = 0; at < keys.length; at += REMOVED_AT_ONCE)
      await Promise.all(keys.slice(at, at + REMOVED_AT_ONCE).map((key) => ask('DELETE', key)))
  }

  return {
    put: async (blob, name, bytes) => {
      await ask('PUT', `${blob}/${name}`, bytes)
    },
    get: async (blob, name) => (await ask('GET', `${blob}/${name}`))?.bytes,
    list: async (blob) =>
      (await listed(`${blob}/`)).map(({ key, bytes }) => ({ name: key.slice(blob.length + 1), bytes })),
    drop: (blob, name) => remove([`${blob}/${name}`]),
    settle: () => Promise.resolve(),
    remove: async (blob) => remove((await listed(`${blob}/`)).map(({ key }) => key)),
    blobs: async () => newestOf(await listed('')),
  }
}

type Answer = { readonly bytes: Buffer }
/** Undefined: there is no such object. */
type Ask = (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: Buffer) => Promise<Answer | undefined>

function askerOf({ endpoint, bucket, region, accessKey, secretKey }: Place): Ask {
  const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey }
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: RETRIES })
  const base = `${endpoint.replace(/\/$/, '')}/${bucket}/`
  return async (method, path, body) => {
    const signal = AbortSignal.timeout(ANSWER_MS_MAX)
    const reply = await answered(async () => {
      const response = await client.fetch(base + path, { method, signal, ...(body !== undefined && { body }) })
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
    })
    if (reply.status < 300) return reply
    // A bucket that is not there is no answer about an object.
    if (reply.status === 404 && reply.bytes.includes('<Code>NoSuchKey</Code>')) return undefined
    throw reply.status === FULL ? new Problem(storageFull) : awayForNow()
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch {
    throw awayForNow()
  }
}

async function listAll(ask: Ask, prefix: string): Promise<Stored[]> {
  const all: Stored[] = []
  let token: string | undefined
  do {
    const query = new URLSearchParams({
      'list-type': '2',
      prefix,
      ...(token !== undefined && { 'continuation-token': token }),
    })
    const page = (await ask('GET', `?${query.toString()}`))?.bytes.toString('utf8')
    if (page?.includes('<ListBucketResult') !== true) throw awayForNow()
    all.push(...[...page.matchAll(CONTENTS)].flatMap(([, object = '']) => storedIn(object)))
    token = textIn(page, 'NextContinuationToken')
  } while (token !== undefined)
  return all
}

const CONTENTS = /<Contents>(.*?)<\/Contents>/gs

/** The text of an element. What we look for, such as keys of our own making, needs no unescaping but in tokens. */
const textIn = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&')

const StoredObject = z.object({ key: z.string(), bytes: z.coerce.number(), changed_at: z.coerce.date() })

function storedIn(xml: string): Stored[] {
  const [key, bytes, changed_at] = ['Key', 'Size', 'LastModified'].map((name) => textIn(xml, name))
  const { data } = StoredObject.safeParse({ key, bytes, changed_at })
  return data === undefined ? [] : [data]
}

/** By file, with the last moment at which a piece of it was put. */
function newestOf(objects: readonly Stored[]) {
  const newest = new Map<string, Date>()
  for (const { key, changed_at } of objects) {
    const blob = key.split('/')[0] ?? ''
    const known = newest.get(blob)
    if (known === undefined || known < changed_at) newest.set(blob, changed_at)
  }
  return [...newest].map(([blob, changed_at]) => ({ blob, changed_at }))
}
