import type { FastifyInstance } from 'fastify'
import { createAuthenticator } from '../identity/authenticate.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { attemptsOf } from '../identity/repo-attempts.ts'
import { grantDue } from '../organisations/entitlement.ts'
import type { InstallationKeys } from '../platform/crypto/installation.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { tokenKeyOf } from '../platform/crypto/token-key.ts'
import { type Connection, connect, openPool } from '../platform/database/database.ts'
import { createServer } from '../platform/http/server.ts'
import { startWorker } from '../platform/jobs/worker.ts'
import { createLog } from '../platform/kernel/log.ts'
import type { Config } from '../platform/kernel/config.ts'
import type { Services } from '../platform/operation/op.ts'
import { erasurePartsOf } from './erasure-parts.ts'
import { evidencePartsOf } from './evidence-parts.ts'
import { jobsOf } from './jobs.ts'
import type { Parts } from './parts.ts'
import { routesOf } from './routes.ts'

/** What an application stands on. */
export type Ground = {
  readonly connection: Connection
  readonly keys: InstallationKeys
  readonly config: Pick<
    Config,
    'data' | 'secondFactor' | 'metricsToken' | 'trustProxy' | 'logLevel' | 'requestsPerMinute' | 'mail' | 's3' | 'clamd'
  >
  readonly setupCode: Secret | null
  readonly now?: () => Date
}

/** A service that has not begun to listen. */
export type Application = {
  readonly server: FastifyInstance
  readonly services: Services
  readonly parts: Parts
  /** Starts the schedule of background jobs. */
  work(): Promise<void>
  close(): Promise<void>
}

const SIDE_CONNECTIONS = 3

/** Puts the service together over a migrated database. */
export async function compose({
  connection,
  keys,
  config,
  setupCode,
  now = () => new Date(),
}: Ground): Promise<Application> {
  const database = connect(connection)
  const side = openPool(connection, SIDE_CONNECTIONS)
  const services: Services = { database, pepper: keys.pepper, now }
  const identity: IdentityParts = {
    attempts: attemptsOf(side, keys.pepper),
    secondFactor: config.secondFactor,
    grantDue,
  }
  const evidence = evidencePartsOf(config)
  const parts: Parts = {
    identity,
    setupCode,
    signer: keys.signing,
    evidence,
    erasure: erasurePartsOf(config, { signer: keys.signing, evidence }),
    mailer: config.mail && (await import('../reminders/mailer.ts')).createMailer(config.mail),
  }
  const log = createLog(config.logLevel)
  const server = await createServer({
    services,
    routes: routesOf(parts),
    tokenKey: tokenKeyOf(keys.signing),
    authenticate: createAuthenticator(services, config.secondFactor),
    log,
    probes: { ready: () => side.query('select 1').then(() => undefined), metricsToken: config.metricsToken },
    requestsPerMinute: config.requestsPerMinute,
    trustProxy: config.trustProxy,
  })
  let stopWorker = () => Promise.resolve()
  return {
    server,
    services,
    parts,
    async work() {
      stopWorker = await keepWorking(() => startWorker(services, side, jobsOf(parts)))
    },
    async close() {
      await server.close()
      await stopWorker()
      await side.end()
      await database.destroy()
    },
  }
}

const PAUSE_MS = 5_000

/** A worker that lost its database is started again, until it is told to stop. */
async function keepWorking(start: () => ReturnType<typeof startWorker>): Promise<() => Promise<void>> {
  let isStopped = false
  let runner = await start()
  const watch = (): void => {
    void runner.promise
      .catch(() => undefined)
      .then(async () => {
        while (!isStopped) {
          await new Promise((wake) => setTimeout(wake, PAUSE_MS).unref())
          const again = await start().catch(() => undefined)
          if (again === undefined) continue
          runner = again
          watch()
          return
        }
      })
  }
  watch()
  return async () => {
    isStopped = true
    await runner.stop().catch(() => undefined)
  }
}
