import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

type Owner = { readonly uid: number; readonly gid: number }

/** How a server program is started: the command to put before it, and who must own its files (when that is not us). */
export type Account = { readonly prefix: readonly string[]; readonly owner?: Owner }

/** The signal PostgreSQL gets when this process dies, kill -9 included: a fast, orderly shutdown. */
const ON_PARENT_DEATH = '--pdeathsig=INT'
const NOBODY = '65534'

const ourselves: Account = { prefix: [] }
const ourselvesBound: Account = { prefix: ['setpriv', ON_PARENT_DEATH, '--'] }

/** Root under another name: for a checkout or a data folder that no other account can reach. */
const renamedRoot: Account = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', ...ourselvesBound.prefix],
}

const as = (owner: Owner): Account => ({
  prefix: [
    'setpriv',
    `--reuid=${String(owner.uid)}`,
    `--regid=${String(owner.gid)}`,
    '--clear-groups',
    ON_PARENT_DEATH,
    '--',
  ],
  owner,
})

/**
 * The account to run the programs in `bin` under, with files in `dir`. PostgreSQL refuses to run as root, so root
 * takes another account that can reach both places, else a user namespace. Files that exist keep their owner.
 */
export function chooseAccount(bin: string, dir: string): Account {
  const candidates = process.getuid?.() === 0 ? forRoot(dir) : [ourselvesBound, ourselves]
  const account = candidates.find((candidate) => canRun(candidate, bin) && canReach(candidate, dir))
  if (account === undefined) {
    throw new Error(
      `PostgreSQL cannot run from ${bin} with files in ${dir}: use an ordinary account, or set DATABASE_URL`,
    )
  }
  return account
}

function forRoot(dir: string): Account[] {
  const existing = statSync(path.join(dir, 'data'), { throwIfNoEntry: false })
  if (existing !== undefined) return [existing.uid === 0 ? renamedRoot : as(existing)]
  return [...['postgres', 'nobody'].flatMap(named), renamedRoot]
}

function named(name: string): Account[] {
  const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout),
  )
  return uid > 0 && gid > 0 ? [as({ uid, gid })] : []
}

const canRun = (account: Account, bin: string) => succeeds(account, [path.join(bin, 'postgres'), '--version'])

const canReach = (account: Account, dir: string) => succeeds(account, ['test', '-x', path.dirname(dir)])

function succeeds({ prefix }: Account, command: readonly string[]): boolean {
  const [program = '', ...rest] = [...prefix, ...command]
  return spawnSync(program, rest).status === 0
}
