import { generateKeyPairSync, randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import jwt from '@fastify/jwt'
import rateLimit from '@fastify/rate-limit'
import { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, fastify } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { IncidentReport } from '../../src/incidents/schema-report.ts'
import { createLog } from '../../src/platform/kernel/log.ts'
import type { Report, Storage } from './storage.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    isOpen?: boolean
  }
}

const SESSIONS = `
  create unlogged table if not exists sessions (id uuid primary key, user_id uuid not null, roles text[] not null,
    ends_at timestamptz not null)`
const OPEN = `insert into sessions values ($1, $2, '{monitor,lawyer}', now() + interval '1 hour')`
const LIVE = `select user_id, roles from sessions where id = $1 and ends_at > now()`

/**
 * A server that does at each request what a careful one does anyway: headers, rate limit, a signed token, its session in
 * the database, the schema of the body, a transaction, a line in the log. Between it and the service lie the sealing,
 * the keys and the audit.
 */
export async function guard(storage: Storage): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = createLog('info')
  const app = fastify({ loggerInstance, disableRequestLogging: true })
  app.setValidatorCompiler(validatorCompiler)
  await app.register(helmet, { contentSecurityPolicy: false, hsts: false })
  await app.register(rateLimit, { max: 1_000_000_000, timeWindow: 60_000 })
  await addSessions(app, storage)
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({ method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
    done()
  })
  addSubmitting(app, storage)
  return app
}

async function addSessions(app: FastifyInstance, { pool }: Storage): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const secret = {
    private: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    public: publicKey.export({ type: 'spki', format: 'pem' }),
  }
  await app.register(jwt, {
    secret,
    sign: { algorithm: 'EdDSA', expiresIn: 3_600 },
    verify: { algorithms: ['EdDSA'] },
  })
  await pool.query(SESSIONS)
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.isOpen === true) return
    const { sid } = await request.jwtVerify<{ sid: string }>()
    const { rows } = await pool.query(LIVE, [sid])
    if (rows.length === 0) await reply.code(401).send()
  })
  app.post('/v1/session', { config: { isOpen: true } }, async () => {
    const sid = randomUUID()
    await pool.query(OPEN, [sid, randomUUID()])
    return { access_token: app.jwt.sign({ sid }) }
  })
}

function addSubmitting(app: FastifyInstance, storage: Storage): void {
  // The schema makes secrets of the contents; what is stored is the report as it came.
  const sent = new WeakMap<FastifyRequest['raw'], Report>()
  app.post<{ Body: Report }>('/v1/incidents', {
    schema: { body: IncidentReport },
    preValidation: (request, _reply, done) => {
      sent.set(request.raw, request.body)
      done()
    },
    handler: async (request, reply) => {
      const receipt = await inTransaction(storage, sent.get(request.raw) ?? request.body)
      return reply.code(201).send(receipt)
    },
  })
}

async function inTransaction(storage: Storage, report: Report) {
  const client = await storage.pool.connect()
  try {
    await client.query('begin')
    const receipt = await storage.insert(client, report)
    await client.query('commit')
    return receipt
  } finally {
    client.release()
  }
}
