import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import type { As, startApp } from '../support/app.ts'

type App = Awaited<ReturnType<typeof startApp>>
type Method = 'POST' | 'HEAD' | 'PATCH' | 'DELETE'
type Asked = { headers?: Record<string, string>; bytes?: Buffer }

export const about = {
  identity: { file_name: 'photo of the cell.jpg', source: 'The brother' },
  narrative: { how_obtained: 'Sent by telephone.' },
  facts: { kind: 'photo', media: 'image/jpeg', obtained_on: '2026-02-11' },
}

/** Somebody who sends and fetches files. */
export function senderOf(app: App, by: As) {
  const bearer = async () => ({ authorization: `Bearer ${String(await by.token())}` })
  const tus = async (method: Method, url: string, { headers = {}, bytes }: Asked = {}) =>
    app.server.inject({
      method,
      url,
      headers: {
        'tus-resumable': '1.0.0',
        ...(await bearer()),
        ...headers,
        ...(bytes !== undefined && { 'content-type': 'application/offset+octet-stream' }),
      },
      ...(bytes !== undefined && { payload: bytes }),
    })
  const fetch = async (url: string, range?: string) =>
    app.server.inject({
      method: 'GET',
      url,
      headers: { ...(await bearer()), ...(range !== undefined && { range }) },
    })
  const begin = async (size: number): Promise<string> => {
    const begun = await tus('POST', '/v1/uploads', { headers: { 'upload-length': String(size) } })
    expect(begun.statusCode).toBe(201)
    return String(begun.headers.location)
  }
  const sendPart = ({ url, offset }: { url: string; offset: number }, bytes: Buffer) =>
    tus('PATCH', url, { headers: { 'upload-offset': String(offset) }, bytes })
  /** Sends a whole file in parts of `step` bytes, going on each time from where the server is. */
  const sendFile = async (bytes: Buffer, step = bytes.length): Promise<string> => {
    const url = await begin(bytes.length)
    let offset = 0
    while (offset < bytes.length) {
      const sent = await sendPart({ url, offset }, bytes.subarray(offset, offset + step))
      expect(sent.statusCode).toBe(204)
      offset = Number(sent.headers['upload-offset'])
    }
    return url
  }
  return {
    tus,
    begin,
    sendPart,
    sendFile,
    offsetOf: async (url: string) => Number((await tus('HEAD', url)).headers['upload-offset']),
    receive: async (caseId: string, bytes: Buffer): Promise<{ id: string; blob: string }> => {
      const blob = idIn(await sendFile(bytes))
      const made = await by.post(`/v1/cases/${caseId}/evidence`, { upload_id: blob, ...about })
      expect(made.status).toBe(201)
      return { id: made.body.id, blob }
    },
    fetch,
    download: (id: string, range?: string) => fetch(`/v1/evidence/${id}/content`, range),
  }
}

export const idIn = (url: string): string => url.split('/').at(-1) ?? ''
export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
export const someBytes = (size: number): Buffer => randomBytes(size)
