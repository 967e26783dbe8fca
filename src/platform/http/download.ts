import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** A reply that is not JSON: a document, an archive, a part of a file, a stream of events. */
export type Download = {
  /** One of the route's `downloads`. */
  readonly media: string
  /** What the file is called when it is saved. It names nobody. Absent: it is not to be saved. */
  readonly file?: string
  readonly content: Buffer | Readable
  /** 206 with a Content-Range among `headers` for a part of a file (RFC 9110, section 14). */
  readonly status?: 200 | 206
  readonly headers?: Readonly<Record<string, string>>
}

/** The reply of a route that has `downloads`. */
export const download = z
  .custom<Download>((value) => typeof value === 'object' && value !== null && 'media' in value && 'content' in value)
  .meta({ type: 'string', format: 'binary' })

/** Sends it. Nothing of it is kept by anybody on the way. */
export function sendDownload(reply: FastifyReply, { media, file, content, status, headers }: Download): FastifyReply {
  reply.type(media).headers({ 'x-content-type-options': 'nosniff', ...headers })
  if (status !== undefined) reply.code(status)
  if (file !== undefined) reply.header('content-disposition', `attachment; filename="${file}"`)
  return reply.send(content)
}
