import { type Config, readConfig } from '../../src/platform/kernel/config.ts'

/** What `npm run demo -- --help` prints. */
export const help = `Usage: npm run demo -- [options]

  Starts Guvoh with a PostgreSQL server of its own, fills it with an invented coalition,
  plays its main job through the public HTTP API, and goes on serving.

  --port NUMBER   where to listen, 0 for any free port       GUVOH_PORT    (8080)
  --host ADDRESS  the address to listen on                   GUVOH_HOST    (127.0.0.1)
  --data FOLDER   the demonstration's own folder                           (.guvoh/demo)
  --fresh         delete an earlier demonstration in that folder first
  --once          end after the play, do not go on serving
  --help          this page

  A real installation is never touched: DATABASE_URL and GUVOH_DATA are not read here, and a
  folder that holds anything but an earlier demonstration is refused. Passphrases are printed
  when a demonstration is made and kept nowhere; a second start in the same folder only serves
  what is there, and --fresh begins anew.
`

export type DemoOptions = { readonly config: Config; readonly isFresh: boolean; readonly isOnce: boolean }

const DATA = '.guvoh/demo'

/** The service's own settings apply, but for those that could lead to real data. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): DemoOptions | 'help' {
  const own = ['--fresh', '--once']
  const config = readConfig(
    args.filter((arg) => !own.includes(arg)),
    {
      GUVOH_PORT: env['GUVOH_PORT'],
      GUVOH_HOST: env['GUVOH_HOST'],
      GUVOH_DATA: DATA,
      GUVOH_SECOND_FACTOR: 'optional',
      GUVOH_LOG_LEVEL: env['GUVOH_LOG_LEVEL'] ?? 'error',
      // One address plays the parts of twenty people.
      GUVOH_REQUESTS_PER_MINUTE: '1000000',
    },
  )
  return config === 'help' ? config : { config, isFresh: args.includes('--fresh'), isOnce: args.includes('--once') }
}
