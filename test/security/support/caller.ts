import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from '../../support/client.ts'

export type Body = Reply['body']

export type Ask = { readonly token?: string; readonly body?: unknown; readonly headers?: Record<string, string> }
export type Answer = { readonly status: number; readonly body: Body; readonly text: string; readonly location: string }

/** An answer that is not JSON has no body to look into. */
function answerOf(status: number, text: string, location: string): Answer {
  return { status, text, location, body: text.startsWith('{') ? JSON.parse(text) : text }
}

const headersOf = (token: string | undefined, hasBody: boolean): Record<string, string> => ({
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(hasBody ? { 'content-type': 'application/json' } : {}),
})

/** Speaks HTTP to a running program, each time from another address and over another connection. A request is `METHOD /path`. */
export function callerOf(url: string) {
  let calls = 0
  const call = async (request: string, { token, body, headers }: Ask = {}): Promise<Answer> => {
    calls += 1
    const [method = '', path = ''] = request.split(' ')
    const usual = headersOf(token, body !== undefined)
    const isRaw = body === undefined || typeof body === 'string'
    const reply = await fetch(url + path, {
      method,
      headers: { connection: 'close', 'x-forwarded-for': `2001:db8:cafe::${calls.toString(16)}`, ...usual, ...headers },
      body: isRaw ? (body ?? null) : JSON.stringify(body),
    })
    return answerOf(reply.status, await reply.text(), reply.headers.get('location') ?? '')
  }
  /** The body of an answer that must have this status. The hashing queue may be full: then it waits, as it is told to. */
  const expectOf = async (status: number, request: string, ask: Ask = {}): Promise<Body> => {
    for (;;) {
      const answer = await call(request, ask)
      if (answer.status === status) return answer.body
      if (answer.status !== 503) throw new Error(`${request}: ${String(answer.status)} ${answer.text}`)
      await sleep(500)
    }
  }
  /** Where the thing made is, when an answer says it in a header alone. */
  const location = async (request: string, ask: Ask): Promise<string> => (await call(request, ask)).location
  return { call, expectOf, location }
}

export type Caller = ReturnType<typeof callerOf>

/** Does the work for each, some at a time, and keeps their order. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = items.map((item, at) => ({ item, at }))
  const hands = Array.from({ length: 8 }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results[next.at] = await work(next.item, next.at)
  })
  await Promise.all(hands)
  return results
}
