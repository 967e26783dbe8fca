import type { AddressInfo } from 'node:net'
import { readKeys, readyDatabase, setupCodeFor } from './app/ground.ts'
import { compose } from './app/start.ts'
import { consult, type Secret } from './platform/crypto/secret.ts'
import { type Config, help, readConfig, SettingError } from './platform/kernel/config.ts'

/** Starts the service; resolves when it listens. */
async function start(config: Config): Promise<void> {
  const keys = await readKeys(config.data)
  const { connection, embedded } = await readyDatabase(config)
  const setupCode = await setupCodeFor(connection)
  const application = await compose({ connection, keys, config, setupCode })
  const stop = async (exitCode: number) => {
    await application.close()
    await embedded?.stop()
    process.exit(exitCode)
  }
  try {
    await application.server.listen({ port: config.port, host: config.host })
  } catch (error) {
    await embedded?.stop()
    throw portTaken(error, config)
  }
  await application.work()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
  void embedded?.lost.then((error) => {
    console.error(`The embedded database has ended: ${error.message.split('\n')[0] ?? ''}`)
    void stop(1)
  })
  announce(application.server.server.address(), setupCode)
}

function announce(at: AddressInfo | string | null, setupCode: Secret | null): void {
  if (at === null || typeof at === 'string') throw new Error('the server listens nowhere')
  const { address, port, family } = at
  const host = family === 'IPv6' ? `[${address}]` : address
  console.log(`Guvoh listens at http://${host}:${String(port)}; the API reference is at /docs`)
  if (setupCode === null) return
  const shown = consult(setupCode, (code) => code)
  console.log(`Nothing is set up yet. One-time set-up code, good until this process ends: ${shown}`)
}

function portTaken(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)
  return known
    ? new SettingError(`Cannot listen at ${host}:${String(port)} (${code}); choose another with --port`)
    : error
}

try {
  const config = readConfig(process.argv.slice(2), process.env)
  if (config === 'help') console.log(help)
  else await start(config)
} catch (error) {
  console.error(error instanceof SettingError ? error.message : error)
  process.exit(1)
}
