import { setFlagsFromString } from 'node:v8'
import { type Running, run } from './app/run.ts'
import { consult } from './platform/crypto/secret.ts'
import { type Config, help, readConfig, SettingError } from './platform/kernel/config.ts'

// Without it V8 lets garbage pile up to twice what is in use before it looks: memory is dearer here than time.
setFlagsFromString('--heap-growing-percent=30')

/** Serves until a signal, or until the embedded database is lost. */
async function serve(config: Config): Promise<void> {
  const running = await run(config)
  const stop = async (exitCode: number) => {
    await running.close()
    process.exit(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
  void running.lost.then((error) => {
    console.error(`The embedded database has ended: ${error.message.split('\n')[0] ?? ''}`)
    void stop(1)
  })
  announce(running)
}

function announce({ address, setupCode }: Running): void {
  console.log(`Guvoh listens at ${address}; the API reference is at /docs`)
  if (setupCode === null) return
  const shown = consult(setupCode, (code) => code)
  console.log(`Nothing is set up yet. One-time set-up code, good until this process ends: ${shown}`)
}

try {
  const config = readConfig(process.argv.slice(2), process.env)
  if (config === 'help') console.log(help)
  else await serve(config)
} catch (error) {
  console.error(error instanceof SettingError ? error.message : error)
  process.exit(1)
}
