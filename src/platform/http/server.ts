import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Action } from '../access/roles.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import type { Op } from '../operation/op.ts'
import { registerClient } from './client-files.ts'
import { type Deps, mount } from './mount.ts'
import { type Probes, registerProbes } from './probes.ts'
import { replyWithProblem } from './problem-reply.ts'
import { registerReference } from './reference.ts'
import type { Route } from './route.ts'
import { registerTokens, type TokenKey } from './tokens.ts'
import { carefully } from './validation.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    action?: Action | 'public'
  }
  interface FastifyRequest {
    op: Op | null
    /** The body as it came, before it was parsed into what the route asked for. */
    wire: unknown
  }
}

/** What a server is made of. */
export type ServerParts = Omit<Deps, 'tokens'> & {
  readonly routes: readonly Route[]
  readonly tokenKey: TokenKey
  readonly log: FastifyBaseLogger
  readonly probes: Probes
  /** Requests a minute from one address, a coarse guard; sign-in has a finer one of its own. */
  readonly requestsPerMinute: number
  /** Whether X-Forwarded-For is to be believed: only behind a proxy of one's own. */
  readonly trustProxy: boolean
}

/** The HTTP server, ready to listen or to be injected into. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => globalThis.crypto.randomUUID(),
    requestIdHeader: false,
    // One hop: what the proxy itself saw, and not what the caller wrote into the header before it.
    trustProxy: parts.trustProxy && nearestOnly,
    exposeHeadRoutes: false,
    requestTimeout: 120_000,
    connectionTimeout: 130_000,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    frameworkErrors: (error, request, reply) => void replyWithProblem(error, request, reply),
  })
  denyByDefault(app)
  app.removeContentTypeParser('text/plain')
  // Files come in as streams: whoever asked for the stream reads it.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))
  app.decorateRequest('op', null)
  app.decorateRequest('wire', null)
  app.setErrorHandler(replyWithProblem)
  app.setNotFoundHandler((request, reply) => replyWithProblem(new Problem(notFound), request, reply))
  await app.register(helmet, { global: true, contentSecurityPolicy: false, hsts: false })
  await app.register(rateLimit, { global: true, max: parts.requestsPerMinute, timeWindow: 60_000 })
  const tokens = await registerTokens(app, parts.tokenKey)
  logRequests(app)
  registerProbes(app, parts.probes)
  await registerReference(app)
  registerClient(app)
  await app.register((api, _options, done) => {
    api.setValidatorCompiler(carefully(validatorCompiler))
    api.setSerializerCompiler(serializerCompiler)
    for (const route of parts.routes)
      mount(api, { services: parts.services, authenticate: parts.authenticate, tokens }, route)
    done()
  })
  return app
}

/** Only the proxy right in front is believed: what the address behind it claims is anybody's claim. */
const nearestOnly = (_address: string, hop: number): boolean => hop < 1

/** A route that names no action stops the process from starting. */
function denyByDefault(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    const isReference = url === '/docs' || url.startsWith('/docs/')
    if (config?.action === undefined && !isReference) throw new Error(`${String(method)} ${url} names no action`)
  })
}

/** One line a request: the route's pattern, never its values; no body, no name, no token. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, id } = request
    const ms = Math.round(reply.elapsedTime)
    request.log.info(
      { method, route: routeOptions.url ?? 'unknown', status: reply.statusCode, ms, request_id: id },
      'request',
    )
    done()
  })
}
