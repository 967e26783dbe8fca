import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Account, chooseAccount } from './embedded-account.ts'
import { findBinaries } from './embedded-binaries.ts'

/** A folder of PostgreSQL's files, with the programs and the account that may work on it. */
export type Cluster = {
  readonly home: string
  readonly data: string
  readonly sockets: string
  readonly bin: string
  readonly account: Account
}

/** The name of the one database account; only those who can reach the socket may use it. */
export const CLUSTER_USER = 'postgres'

/** A socket's path holds 103 bytes on every system; `/.s.PGSQL.5432` takes 14. */
const SOCKET_FOLDER_BYTES_MAX = 89

/** The builtin locale sorts and folds alike on every system, so no index breaks when the C library changes. */
const INITDB_OPTIONS = [
  ...['--username', CLUSTER_USER, '--encoding', 'UTF8'],
  ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
  ...['--auth-local', 'trust', '--auth-host', 'reject', '--data-checksums', '--no-instructions'],
]

/** Opens the cluster in `dir`, and makes it first if there is none. Nobody else may look inside. */
export function openCluster(dir: string, disposable: boolean): Cluster {
  const home = path.resolve(dir)
  mkdirSync(path.dirname(home), { recursive: true })
  const bin = findBinaries()
  const account = chooseAccount(bin, home)
  privateFolder(home, account)

  const cluster = { home, data: path.join(home, 'data'), sockets: openSocketFolder(home, account), bin, account }
  if (!existsSync(cluster.data)) createData(cluster, disposable)
  return cluster
}

/** The command line that runs one of PostgreSQL's programs under the cluster's account, and where to run it. */
export function commandOf({ account, bin, home }: Cluster, program: string, options: readonly string[]) {
  const [command = '', ...args] = [...account.prefix, path.join(bin, program), ...options]
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }
  return { command, args, place: { cwd: home, env } }
}

/** Removes what lies outside the cluster's folder. */
export function closeCluster({ home, sockets }: Cluster): void {
  if (path.dirname(sockets) !== home) rmSync(sockets, { recursive: true, force: true })
}

/** Under another name first: a start that is cut short leaves nothing that looks finished. */
function createData(cluster: Cluster, disposable: boolean): void {
  const unfinished = `${cluster.data}.new`
  rmSync(unfinished, { recursive: true, force: true })
  const options = ['--pgdata', unfinished, ...INITDB_OPTIONS, ...(disposable ? ['--no-sync'] : [])]
  const { command, args, place } = commandOf(cluster, 'initdb', options)
  const { status, stderr, error } = spawnSync(command, args, { ...place, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The database could not be created: ${stderr}`, { cause: error })
  renameSync(unfinished, cluster.data)
}

function openSocketFolder(home: string, account: Account): string {
  const inside = path.join(home, 'socket')
  const isShort = Buffer.byteLength(inside) <= SOCKET_FOLDER_BYTES_MAX
  return privateFolder(isShort ? inside : mkdtempSync(path.join(os.tmpdir(), 'guvoh-')), account)
}

function privateFolder(folder: string, { owner }: Account): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  return folder
}
