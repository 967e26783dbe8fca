import type { AddressInfo } from 'node:net'
import { restoreErasures } from '../erasure/service.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { type Config, SettingError } from '../platform/kernel/config.ts'
import { readKeys, readyDatabase, setupCodeFor } from './ground.ts'
import { type Application, compose } from './start.ts'

/** The whole service, listening. */
export type Running = {
  readonly address: string
  /** The one-time code of a first start; null once the coalition stands. */
  readonly setupCode: Secret | null
  /** Resolves if the embedded database ends without being asked to. */
  readonly lost: Promise<Error>
  close(): Promise<void>
}

const SWEEP_MS = 50
const never = new Promise<Error>(() => undefined)

/** Readies the database, composes the service over it, and listens. A setting that cannot be used is a SettingError. */
export async function run(config: Config): Promise<Running> {
  const keys = await readKeys(config.data)
  const { connection, embedded } = await readyDatabase(config)
  try {
    const setupCode = await setupCodeFor(connection)
    const application = await compose({ connection, keys, config, setupCode })
    await restoreErasures(application.services, application.parts.erasure)
    await listen(application, config)
    await application.work()
    const close = async () => {
      await closeGently(application)
      await embedded?.stop()
    }
    const address = addressOf(application.server.server.address())
    return { address, setupCode, lost: embedded?.lost ?? never, close }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function listen(application: Application, { host, port }: Config): Promise<void> {
  try {
    await application.server.listen({ port, host })
  } catch (error) {
    await application.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) throw error
    throw new SettingError(`Cannot listen at ${host}:${String(port)} (${code}); choose another with --port`)
  }
}

/** Requests under way are answered; connections that clients keep open after that would be waited for, a minute and more. */
async function closeGently({ server, close }: Application): Promise<void> {
  const sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS)
  await close()
  clearInterval(sweep)
}

function addressOf(listening: AddressInfo | string | null): string {
  if (listening === null || typeof listening === 'string') throw new Error('the service listens at no port')
  const { address, family, port } = listening
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`
}
