import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isOpenToAnyone } from '../access/roles.ts'
import { nobodyId } from '../kernel/ids.ts'
import { notSignedIn, Problem } from '../kernel/problem.ts'
import { begin, keyed, type Op, type Services } from '../operation/op.ts'
import type { Caller } from '../operation/session.ts'
import { download, sendDownload } from './download.ts'
import { languageOf, onceOf, streamOf, versionOf } from './request-input.ts'
import { problemSchemas } from './problem-schema.ts'
import { bare, type Route } from './route.ts'
import type { Claims, Tokens } from './tokens.ts'

const BODY_BYTES = 256 * 1024

/** What routes need of the server around them. */
export type Deps = {
  readonly services: Services
  readonly tokens: Tokens
  /** The live session behind a token's claims; undefined when there is none any more. */
  authenticate(claims: Claims): Promise<Caller | undefined>
}

const stranger: Caller = {
  actor: { id: nobodyId, organisationId: null, roles: ['anyone'], standing: 'full' },
  unlocked: null,
}

/** Adds one route under /v1. 401 and 403 come before the body is parsed, so a stranger learns nothing from 400s. */
export function mount(app: FastifyInstance, deps: Deps, route: Route): void {
  const { method, url, action, params, query, body, status } = route
  app.route({
    method,
    url: `/v1${url}`,
    config: { action },
    bodyLimit: route.body_max_bytes ?? BODY_BYTES,
    schema: {
      summary: route.summary,
      tags: [url.split('/')[1] ?? ''],
      operationId: `${method} ${url}`
        .toLowerCase()
        .replaceAll(/[^a-z]+([a-z]|$)/g, (_, letter: string) => letter.toUpperCase()),
      ...(isOpenToAnyone(action) ? {} : { security: [{ bearer: [] }] }),
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body: withExample(body, route.examples?.body) }),
      response: { [status]: replySchema(route), ...problemSchemas(route) },
    },
    onRequest: async (request) => {
      request.op = await begin(deps.services, await callerOf(deps, request), action)
    },
    // Kept as it came: only what has passed validation is shallow enough to be written out again and hashed.
    preValidation: (request, _reply, done) => {
      request.wire = request.body
      done()
    },
    handler: async (request, reply) => {
      const op = begun(request)
      const result = await route.handle(keyed(op, onceOf(op, route, request)), {
        params: request.params,
        query: request.query,
        body: request.body,
        version: versionOf(route, request.headers['if-match']),
        language: languageOf(request.headers['accept-language']),
        address: request.ip,
        tokens: deps.tokens,
        range: request.headers.range,
        stream: route.streams === true ? streamOf(request) : null,
      })
      if (route.streams === true) return sendBare(reply, bare.parse(result))
      reply.code(status).header('cache-control', 'no-store')
      if (route.downloads !== undefined) return sendDownload(reply, download.parse(result))
      if (hasVersion(result)) reply.header('etag', `"${String(result.version)}"`)
      if (route.media !== undefined) reply.type(`${route.media}; charset=utf-8`)
      return result
    },
  })
}

/** A status and headers, with the cache header of every reply. */
function sendBare(reply: FastifyReply, { status, headers }: Response): FastifyReply {
  return reply
    .code(status)
    .headers({ ...Object.fromEntries(headers), 'cache-control': 'no-store' })
    .send()
}

function replySchema(route: Route) {
  const reply = withExample(route.reply, route.examples?.reply)
  const media = route.downloads ?? (route.media === undefined ? [] : [route.media])
  return media.length === 0 ? reply : { content: Object.fromEntries(media.map((type) => [type, { schema: reply }])) }
}

/** The schema, shown in the reference with an example. */
const withExample = (schema: z.ZodType, example: unknown): z.ZodType =>
  example === undefined ? schema : schema.meta({ ...schema.meta(), examples: [example] })

/** Who calls: the signed-in person, or a stranger on the routes that are open to anyone. */
async function callerOf(deps: Deps, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers
  const action = request.routeOptions.config.action
  if (authorization === undefined && action !== undefined && action !== 'public' && isOpenToAnyone(action))
    return stranger
  const caller = await deps.authenticate(deps.tokens.read(authorization))
  if (caller === undefined) throw new Problem(notSignedIn)
  return caller
}

function begun({ op }: FastifyRequest): Op {
  if (op === null) throw new Error('a request went on without an op')
  return op
}

const hasVersion = (result: unknown): result is { version: number } =>
  typeof result === 'object' &&
  result !== null &&
  'id' in result &&
  'version' in result &&
  typeof result.version === 'number'
