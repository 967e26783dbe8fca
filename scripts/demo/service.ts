import type { AddressInfo } from 'node:net'
import { readKeys, readyDatabase, setupCodeFor } from '../../src/app/ground.ts'
import { compose } from '../../src/app/start.ts'
import { consult } from '../../src/platform/crypto/secret.ts'
import { type Config, SettingError } from '../../src/platform/kernel/config.ts'

/** The whole service, listening. */
export type Service = {
  readonly address: string
  /** The one-time code of a first start. */
  readonly setupCode: string | null
  /** Resolves if the database ends without being asked to. */
  readonly lost: Promise<unknown>
  close(): Promise<void>
}

const SWEEP_MS = 50

/** The database, migrated, and then the service over it. */
export async function startService(config: Config): Promise<Service> {
  const keys = await readKeys(config.data)
  const { connection, embedded } = await readyDatabase(config)
  if (embedded === null) throw new Error('a demonstration has a database of its own')
  try {
    const setupCode = await setupCodeFor(connection)
    const application = await compose({ connection, keys, config, setupCode })
    const close = async () => {
      // Requests under way are answered; connections that clients keep open after that would be waited for.
      const sweep = setInterval(() => application.server.server.closeIdleConnections(), SWEEP_MS)
      await application.close()
      clearInterval(sweep)
      await embedded.stop()
    }
    await application.server.listen({ port: config.port, host: config.host }).catch(async (error: unknown) => {
      await application.close()
      throw error
    })
    await application.work()
    const address = addressOf(application.server.server.address())
    const code = setupCode && consult(setupCode, (text) => text)
    return { address, setupCode: code, lost: embedded.lost, close }
  } catch (error) {
    await embedded.stop()
    throw asSetting(error, config)
  }
}

function addressOf(listening: AddressInfo | string | null): string {
  if (listening === null || typeof listening === 'string') throw new Error('the service listens at no port')
  const { address, family, port } = listening
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`
}

function asSetting(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isTaken = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)
  return isTaken
    ? new SettingError(`Cannot listen at ${host}:${String(port)} (${code}); choose another with --port`)
    : error
}
