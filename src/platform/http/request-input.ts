import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { invalidRequest, Problem, versionRequired, wrongMediaType } from '../kernel/problem.ts'
import { type Once, ownHash } from '../operation/once.ts'
import type { Op } from '../operation/op.ts'
import type { Language, Route, Streamed } from './route.ts'

const languages: readonly Language[] = ['en', 'ru', 'kk', 'ky', 'tg', 'uz', 'tk']

/** The first of our languages in Accept-Language, by its order and weights (RFC 9110, section 12.5.4); English when none is. */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '').split(',', 20).map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const weight = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((q) => q !== undefined)
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) }
  })
  wishes.sort((a, b) => b.weight - a.weight)
  for (const { language, weight } of wishes) {
    const known = languages.find((ours) => ours === language)
    if (known !== undefined && weight > 0) return known
  }
  return 'en'
}

/** The row version in If-Match, `"7"`. 428 when absent, 400 when it is not one of our ETags. */
export function versionOf(route: Route, header: string | undefined): number {
  if (route.changes !== true) return 0
  if (header === undefined) throw new Problem(versionRequired)
  const version = /^"(\d{1,9})"$/.exec(header)?.[1]
  if (version === undefined) throw badHeader('If-Match', 'is not an ETag of this service, such as "3"')
  return Number(version)
}

/**
 * What stands for the request's Idempotency-Key; undefined on routes that take none, or when there is none. The body is
 * taken as it came: what validation makes of it is secrets, which all look alike.
 */
export function onceOf(op: Op, route: Route, request: FastifyRequest): Once<unknown> | undefined {
  const header = request.headers['idempotency-key']
  if (route.creates !== true || header === undefined) return undefined
  if (typeof header !== 'string' || !/^[\x21-\x7e]{8,255}$/.test(header))
    throw badHeader('Idempotency-Key', 'must be 8 to 255 visible ASCII characters')
  return {
    keyHash: ownHash(op, `${route.action} ${header}`),
    requestHash: ownHash(op, `${route.action} ${request.url} ${JSON.stringify(request.wire ?? null)}`),
    encode: (reply) => z.encode(route.reply, reply),
    decode: (kept) => z.decode(route.reply, kept),
  }
}

const badHeader = (pointer: string, detail: string) =>
  new Problem(invalidRequest, { errors: [{ header: pointer, detail }] })

/** The one media type that the server leaves unread (tus 1.0). */
const UNREAD = 'application/offset+octet-stream'

/** The request with its body still to be read. 415 when it is something that was read already, such as JSON. */
export function streamOf({ method, url, headers, host, raw }: FastifyRequest): Streamed {
  if (!(headers['content-type'] ?? UNREAD).startsWith(UNREAD)) throw new Problem(wrongMediaType)
  const single = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return { method, url: `http://${host}${url}`, headers: Object.fromEntries(single), body: raw }
}
