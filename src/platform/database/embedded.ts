import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { CLUSTER_USER, type Cluster, closeCluster, commandOf, openCluster } from './embedded-cluster.ts'
import { formerServerGone, readNotice } from './embedded-former.ts'

/** A running server, reached through a Unix socket in the folder `host`. */
export type Embedded = {
  readonly host: string
  readonly port: number
  readonly user: string
  /** Resolves, with what the server said last, if it ends without being asked to. */
  readonly lost: Promise<Error>
  /** An orderly shutdown that waits for no client; at most ten seconds. */
  stop(): Promise<void>
}

/** Where its files are; `disposable` trades safety in a power cut for speed (tests, generators). */
export type EmbeddedOptions = { readonly dir: string; readonly disposable?: boolean }

const PORT = 5432
const START_MS_MAX = 120_000
const STOP_MS_MAX = 10_000
const POLL_MS = 10
const LOG_CHARACTERS_KEPT = 8_192

/** No network; and a log without statements, parameters and details, because those quote what people wrote. */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: String(PORT),
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  jit: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

const DISPOSABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

/** Starts the PostgreSQL server that came with the installation. The first time, it also makes the cluster. */
export async function startEmbedded({ dir, disposable = false }: EmbeddedOptions): Promise<Embedded> {
  const cluster = openCluster(dir, disposable)
  await formerServerGone(cluster.data)
  const server = launch(cluster, disposable)
  const end = endOf(server)
  await ready(server, cluster, end)
  return handle(server, cluster, end)
}

/** Detached: a Ctrl-C in the terminal reaches this process alone, which then ends the server in its own time. */
function launch(cluster: Cluster, disposable: boolean): ChildProcess {
  const settings = { ...SETTINGS, unix_socket_directories: cluster.sockets, ...(disposable && DISPOSABLE) }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { command, args, place } = commandOf(cluster, 'postgres', ['-D', cluster.data, ...flags])
  return spawn(command, args, { ...place, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Resolves when the server has ended, with its last words. */
function endOf(server: ChildProcess): Promise<Error> {
  let log = ''
  server.stderr?.on('data', (lines) => {
    log = (log + String(lines)).slice(-LOG_CHARACTERS_KEPT)
  })
  return new Promise((resolve) => {
    server.once('error', resolve)
    server.once('close', () => resolve(new Error(`PostgreSQL has ended: ${log.trim()}`)))
  })
}

/** The notice of a server that died before may still lie there, so the process id must be the new one's. */
async function ready(server: ChildProcess, { data }: Cluster, end: Promise<Error>): Promise<void> {
  for (let waited = 0; waited < START_MS_MAX; waited += POLL_MS) {
    const failure = await Promise.race([end, sleep(POLL_MS)])
    if (failure !== undefined) throw failure
    const notice = readNotice(data)
    if (notice?.pid === server.pid && notice?.state === 'ready') return
  }
  server.kill('SIGQUIT')
  throw new Error('PostgreSQL did not get ready in two minutes', { cause: await end })
}

function handle(server: ChildProcess, cluster: Cluster, end: Promise<Error>): Embedded {
  const interrupt = () => server.kill('SIGINT')
  process.once('exit', interrupt)
  let isAsked = false
  const lost = new Promise<Error>((resolve) => void end.then((error) => isAsked || resolve(error)))

  const stop = async () => {
    isAsked = true
    process.off('exit', interrupt)
    const impatience = setTimeout(() => server.kill('SIGQUIT'), STOP_MS_MAX)
    interrupt()
    await end
    clearTimeout(impatience)
    closeCluster(cluster)
  }
  return { host: cluster.sockets, port: PORT, user: CLUSTER_USER, lost, stop }
}
