import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { Action } from '../access/roles.ts'
import type { ProblemKind } from '../kernel/problem.ts'
import type { Op } from '../operation/op.ts'
import type { TokenIssuer } from './tokens.ts'

type Nothing = z.ZodUndefined

/** The reply of a route that answers 204. */
export const nothing = z.void().meta({ type: 'null', description: 'Nothing' })

export type Language = 'en' | 'ru' | 'kk' | 'ky' | 'tg' | 'uz' | 'tk'

/** What a handler gets: parsed input, never the request. */
export type Input<P, Q, B> = {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** The version named in If-Match; 0 on routes that do not change a row. */
  readonly version: number
  /** The Range header: the part of a file that is wanted. */
  readonly range: string | undefined
  /** The best of the seven languages for Accept-Language. */
  readonly language: Language
  /** Where the request came from, for counting failures. Never stored in clear. */
  readonly address: string
  readonly tokens: TokenIssuer
  /** The request itself, on routes that say `streams`, for a handler that speaks a protocol of its own; null elsewhere. */
  readonly stream: Streamed | null
}

/** A request whose body has not been read. */
export type Streamed = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

/** The reply of a route that has `streams`: a status and headers, and no body. */
export const bare = z
  .custom<Response>((value) => value instanceof Response)
  .meta({ type: 'null', description: 'Nothing' })

type Spec<A extends Action, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /v1, with `:name` for parameters. */
  url: `/${string}`
  action: A
  summary: string
  params?: P
  query?: Q
  body?: B
  /** Bytes of body accepted; 256 KiB when not said. */
  body_max_bytes?: number
  /** A POST that makes something: takes an Idempotency-Key. Its handler returns what its one act returned. */
  creates?: true
  /** Changes a row: needs If-Match (428 without, 412 when stale). */
  changes?: true
  /** Its body is not read beforehand but handed to the handler as a stream. `reply` is then `bare`. */
  streams?: true
  status: 200 | 201 | 202 | 204
  reply: R
  /** The media type of the reply, when it is not JSON. `reply` is then a string. */
  media?: 'text/csv'
  /** The media types in which it can answer. `reply` is then `download`. */
  downloads?: readonly string[]
  /** Examples for the reference, checked against the schemas by a test. */
  examples?: { body?: unknown; reply?: unknown }
  problems?: readonly ProblemKind[]
  handle(op: Op<A>, input: Input<z.output<P>, z.output<Q>, z.output<B>>): Promise<z.output<R>> | z.output<R>
}

export type Route = Spec<Action, z.ZodType, z.ZodType, z.ZodType, z.ZodType>

/** A route cannot be written without naming its action: there is no other way to build one. */
export function route<
  const A extends Action,
  R extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(spec: Spec<A, P, Q, B, R>): Route {
  return spec
}
