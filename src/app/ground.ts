import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findAnchor } from '../organisations/repo.ts'
import { newCode } from '../platform/crypto/code.ts'
import { type InstallationKeys, newInstallationKeys, parseInstallationKeys } from '../platform/crypto/installation.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { type Connection, connect } from '../platform/database/database.ts'
import { type Embedded, startEmbedded } from '../platform/database/embedded.ts'
import { databaseAway } from '../platform/database/failure.ts'
import { migrate } from '../platform/database/migrations.ts'
import { type Config, SettingError } from '../platform/kernel/config.ts'

/** The installation's keys, made at the first start. Whoever has them still opens no content. */
export async function readKeys(data: string): Promise<InstallationKeys> {
  const file = path.join(data, 'keys.json')
  await mkdir(data, { recursive: true })
  // Others may pass through, for the database server's own account; what lies here is closed to them.
  await chmod(data, 0o711)
  await writeFile(file, newInstallationKeys(), { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  const keys = parseInstallationKeys(await readFile(file, 'utf8'))
  if (keys === undefined) throw new SettingError(`${file} is not a key file of this program`)
  return keys
}

/** The database: the one that was named, or a server of our own in the data folder. Migrated. */
export async function readyDatabase(config: Config): Promise<{ connection: Connection; embedded: Embedded | null }> {
  if (config.databaseUrl !== null) {
    await migrated(config.databaseUrl)
    return { connection: config.databaseUrl, embedded: null }
  }
  const embedded = await startEmbedded({ dir: path.resolve(config.data, 'database') })
  const { host, port, user } = embedded
  const connection = { host, port, user, database: 'postgres' }
  await migrated(connection)
  return { connection, embedded }
}

async function migrated(connection: Connection): Promise<void> {
  try {
    await migrate(connection)
  } catch (error) {
    if (!databaseAway(error) && !isRefusedSignIn(error)) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
    throw new SettingError(`The database at DATABASE_URL cannot be reached (${code})`)
  }
}

/** SQLSTATE 28 (authorisation) and 3D (no such database). */
function isRefusedSignIn(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(28|3D)/.test(String(error.code))
}

/** A one-time code as long as there is no coalition; null afterwards. */
export async function setupCodeFor(connection: Connection): Promise<Secret | null> {
  const database = connect(connection)
  try {
    return (await findAnchor(database)) === undefined ? newCode() : null
  } finally {
    await database.destroy()
  }
}
