import { setTimeout as sleep } from 'node:timers/promises'

// biome-ignore lint: a reply is looked into by tests, whatever its shape
export type Body = any

export type Ask = { readonly token?: string; readonly body?: unknown; readonly headers?: Record<string, string> }
export type Answer = { readonly status: number; readonly body: Body; readonly text: string }

/** Speaks HTTP to a running program, each time from another address. */
export function callerOf(url: string) {
  let calls = 0
  const call = async (method: string, path: string, { token, body, headers }: Ask = {}): Promise<Answer> => {
    calls += 1
    const reply = await fetch(url + path, {
      method,
      headers: {
        'x-forwarded-for': `2001:db8:cafe::${calls.toString(16)}`,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await reply.text()
    return {
      status: reply.status,
      text,
      body: /json/.test(reply.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
    }
  }
  /** The body of an answer that must have this status. The hashing queue may be full: then it waits, as it is told to. */
  const expectOf = async (status: number, method: string, path: string, ask: Ask = {}): Promise<Body> => {
    for (;;) {
      const answer = await call(method, path, ask)
      if (answer.status === status) return answer.body
      if (answer.status !== 503) throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.text}`)
      await sleep(500)
    }
  }
  return { call, expectOf }
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
