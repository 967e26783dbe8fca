import type { z } from 'zod'

/** Why the demonstration cannot go on, in one line. */
export class DemoStopped extends Error {}

type Request<S extends z.ZodType> = {
  readonly status: number
  readonly reply: S
  readonly body?: unknown
  /** The version that is changed; sent as If-Match. */
  readonly version?: number
  /** Sent as Idempotency-Key, so that a second try doubles nothing. */
  readonly key?: string
}

/** Asks the service as one person would: `api('GET /v1/me', { status: 200, reply })`. Any other answer stops the demonstration. */
export type Api = <S extends z.ZodType>(line: string, request: Request<S>) => Promise<z.output<S>>

/** The public HTTP API at an address, over TCP, signed in with `token` if there is one. */
export function apiAt(address: string, token?: string): Api {
  return async (line, request) => {
    const [method = 'GET', path = '/'] = line.split(' ')
    const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) }
    const answer = await fetch(new URL(path, address), { method, headers: headersOf(token, request), ...body })
    const content = await contentOf(answer)
    const { status } = answer
    if (status !== request.status)
      throw new DemoStopped(`${line} answered ${status}, not ${request.status}: ${why(content)}`)
    const parsed = request.reply.safeParse(content)
    if (parsed.success) return parsed.data
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new DemoStopped(`${line} answered in another form than expected (${faults.join('; ')})`)
  }
}

function headersOf(
  token: string | undefined,
  { body, version, key }: Pick<Request<z.ZodType>, 'body' | 'version' | 'key'>,
) {
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(version !== undefined && { 'if-match': `"${String(version)}"` }),
    ...(key !== undefined && { 'idempotency-key': key }),
  }
}

async function contentOf(answer: Response): Promise<unknown> {
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  const text = await answer.text()
  return isJson ? JSON.parse(text) : text
}

/** Problem details quote no values, so they can be printed as they are. */
const why = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content))

/** Works through a list, so many at once. The answers stand in the order of the list. */
export async function eachOf<T, R>(list: readonly T[], atOnce: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const waiting = list.entries()
  const done: R[] = []
  const worker = async () => {
    for (const [index, one] of waiting) done[index] = await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return done
}
