import { authorized } from './session.ts'

export type Answer = { readonly status: number; readonly body: unknown }

/** Creates something under a key of one's own: sent again with the same key, it is created once. Throws without a line. */
export const create = (url: string, key: string, value: unknown): Promise<Answer> =>
  send('POST', { url, headers: { 'idempotency-key': key } }, value)

/** Changes what is at this version; 412 where somebody was faster. Throws without a line. */
export const change = (url: string, version: number, value: unknown): Promise<Answer> =>
  send('POST', { url, headers: { 'if-match': `"${String(version)}"` } }, value)

/** The same where parts of it are replaced. */
export const amend = (url: string, version: number, value: unknown): Promise<Answer> =>
  send('PATCH', { url, headers: { 'if-match': `"${String(version)}"` } }, value)

type To = { readonly url: string; readonly headers: Readonly<Record<string, string>> }

async function send(method: 'POST' | 'PATCH', { url, headers }: To, value: unknown): Promise<Answer> {
  const reply = await fetch(url, {
    method,
    headers: await authorized({ 'content-type': 'application/json', ...headers }),
    body: JSON.stringify(value),
    cache: 'no-store',
    credentials: 'omit',
  })
  const body: unknown = await reply.json().catch(() => undefined)
  return { status: reply.status, body }
}
