import { freshToken } from './session.ts'

export type Answer = { readonly status: number; readonly body: unknown }

/** Creates something under a key of one's own: sent again with the same key, it is created once. Throws without a line. */
export async function create(url: string, key: string, value: unknown): Promise<Answer> {
  const token = await freshToken()
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(value),
    cache: 'no-store',
    credentials: 'omit',
  })
  const body: unknown = await reply.json().catch(() => undefined)
  return { status: reply.status, body }
}
