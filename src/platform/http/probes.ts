import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { sameBytes } from '../crypto/code.ts'
import { notFound, Problem, unavailable } from '../kernel/problem.ts'

/** What the health and metrics pages ask. */
export type Probes = {
  /** Resolves when the database answers. */
  ready(): Promise<void>
  /** The bearer token for /metrics; without one, only this machine may read it. */
  readonly metricsToken: string | null
}

/** /health/live, /health/ready and /metrics. They say nothing of anybody's data. */
export function registerProbes(app: FastifyInstance, probes: Probes): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'guvoh_request_seconds',
    help: 'Time to answer, by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
  const isPublic = { config: { action: 'public' as const }, schema: { hide: true } }
  app.get('/health/live', isPublic, () => ({ status: 'live' }))
  app.get('/health/ready', isPublic, async () => {
    await probes.ready().catch(() => {
      throw new Problem(unavailable, { retry_after: 2 })
    })
    return { status: 'ready' }
  })
  app.get('/metrics', isPublic, async (request, reply) => {
    if (!mayReadMetrics(request, probes.metricsToken)) throw new Problem(notFound)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

function mayReadMetrics(request: FastifyRequest, token: string | null): boolean {
  const { authorization = '', forwarded, 'x-forwarded-for': forwardedFor } = request.headers
  if (token !== null) return sameBytes(Buffer.from(authorization), Buffer.from(`Bearer ${token}`))
  // A proxy on this machine speaks for others.
  const isDirect = forwarded === undefined && forwardedFor === undefined
  return isDirect && loopback.has(request.socket.remoteAddress ?? '')
}
