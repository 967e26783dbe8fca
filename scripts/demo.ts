import { type Running, run } from '../src/app/run.ts'
import { SettingError } from '../src/platform/kernel/config.ts'
import { DemoStopped } from './demo/api.ts'
import { buildClient } from './demo/client.ts'
import { markPlayed, openFolder } from './demo/folder.ts'
import { type DemoOptions, help, readOptions } from './demo/options.ts'
import { play } from './demo/play.ts'
import { heading, note, step } from './demo/print.ts'

/** Starts the service in the demonstration's folder, plays the main job there once, and serves. */
async function demonstrate({ config, isFresh, isOnce }: DemoOptions): Promise<void> {
  const found = await openFolder(config.data, isFresh)
  heading('Guvoh: a demonstration')
  note('Everything here is invented, but for 24 decisions of UN committees, which are public.')
  buildClient()
  const service = await step(
    () => run(config),
    ({ address }) => [`PostgreSQL and the service started: ${address}`],
  )
  note('The second factor is optional here; a real installation requires it.')
  const { end, isEnding } = ending(service)
  try {
    if (found === 'played') sayItWasPlayed(config.data)
    else {
      await play(service, config.data)
      await markPlayed(config.data)
    }
  } catch (error) {
    if (isEnding()) return
    console.error(`\nThe demonstration stops: ${error instanceof DemoStopped ? error.message : inspected(error)}`)
    return end(1)
  }
  if (isOnce) return end(0)
  sayWhereItServes(service)
}

/** A Ctrl-C at any time, or the loss of the database, ends service and database in order. */
function ending(service: Running) {
  let isOver = false
  const end = async (exitCode: number) => {
    if (isOver) return
    isOver = true
    await service.close()
    process.exit(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0))
  void service.lost.then(() => {
    console.error('\nThe embedded database has ended.')
    return end(1)
  })
  return { end, isEnding: () => isOver }
}

function sayItWasPlayed(data: string): void {
  heading('The play was given here before')
  note('Its handles and passphrases were printed then, and are kept nowhere.')
  note(`Begin anew with: npm run demo -- --fresh${data === '.guvoh/demo' ? '' : ` --data ${data}`}`)
}

function sayWhereItServes({ address }: Running): void {
  heading(`Serving at ${address}`)
  note(`Pages for a browser: ${address}`)
  note(`API reference: ${address}/docs`)
  note('Sign in with POST /v1/session {"handle": …, "passphrase": …}. Ctrl-C ends it.')
}

const inspected = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options === 'help') console.log(help)
  else await demonstrate(options)
} catch (error) {
  console.error(error instanceof SettingError ? error.message : error)
  process.exitCode = 1
}
