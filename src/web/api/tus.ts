import { authorized } from './session.ts'

/** Where a file is sent to, and how much of it was received. */
export type Place = { readonly url: string; readonly received: number }
/** The server does not know this upload any more, or does not take it. */
export class Gone extends Error {}

/** The server takes no smaller part but the last. */
const PART_LEAST = 256 * 1024
const PART_MOST = 4 * 1024 * 1024
const QUICK_MS = 1_500

async function ask(method: 'POST' | 'HEAD' | 'PATCH', url: string, init: RequestInit = {}): Promise<Response> {
  const headers = await authorized(init.headers)
  headers.set('tus-resumable', '1.0.0')
  const reply = await fetch(url, { ...init, method, headers, cache: 'no-store', credentials: 'omit' })
  if ([403, 404, 410, 413, 422].includes(reply.status)) throw new Gone()
  if (!reply.ok) throw new TypeError(String(reply.status))
  return reply
}

/** Begins to send a file of this size (tus 1.0). */
export async function beginUpload(size: number): Promise<string> {
  const reply = await ask('POST', '/v1/uploads', { headers: { 'upload-length': String(size) } })
  return new URL(reply.headers.get('location') ?? '', globalThis.location.origin).pathname
}

const offsetOf = (reply: Response): number => Number(reply.headers.get('upload-offset'))

/** How much of it the server has. */
export const receivedOf = async (url: string): Promise<number> => offsetOf(await ask('HEAD', url))

/** Sends a file from where the server is; larger parts while the line is quick. Throws when it breaks. */
export async function sendFrom(place: Place, file: Blob, tell: (received: number) => void): Promise<void> {
  let { received } = place
  let part = PART_LEAST
  while (received < file.size) {
    const began = performance.now()
    const headers = { 'upload-offset': String(received), 'content-type': 'application/offset+octet-stream' }
    const body = file.slice(received, received + part)
    received = offsetOf(await ask('PATCH', place.url, { headers, body }))
    part = Math.min(PART_MOST, performance.now() - began < QUICK_MS ? part * 2 : PART_LEAST)
    tell(received)
  }
}
