import { createHash } from 'node:crypto'
import argon2 from 'argon2'
import { derived, expanded, frame, keyed } from '../../platform/crypto/independent-reader.ts'
import { bytes, type Dump, number, rowsOf, text } from './dump.ts'
import { agreement, type Key, keysOfRoot, type Opened, symmetric } from './kit.ts'

/** What the server's disk holds besides the database. */
export type Configuration = { readonly pepper: Buffer; readonly signing: Buffer }

export function readConfiguration(file: string): Configuration {
  const { pepper, signing } = JSON.parse(file)
  return { pepper: Buffer.from(String(pepper), 'base64'), signing: Buffer.from(String(signing), 'base64') }
}

/** The key that a person's passphrase opens the person's own secret with. */
export async function keyBehind(
  { dump, configuration }: { dump: Dump; configuration: Configuration },
  { handle, passphrase }: { handle: string; passphrase: string },
): Promise<Key> {
  const hash = keyed(configuration.pepper, 'handle', handle)
  const user = rowsOf(dump, 'users').find((row) => bytes(row, 'handle_hash').equals(hash))
  if (user === undefined) throw new Error('nobody has this handle')
  const okm = await argon2.hash(passphrase.normalize('NFKC'), {
    raw: true,
    type: argon2.argon2id,
    memoryCost: number(user, 'kdf_memory_kib'),
    timeCost: number(user, 'kdf_passes'),
    parallelism: number(user, 'kdf_lanes'),
    hashLength: 32,
    salt: bytes(user, 'kdf_salt'),
  })
  return symmetric(expanded(okm, 'kek1'))
}

/** The key of a session whose share was taken from a token, with the pepper or, by who has none, without. */
export const keyOfSession = (share: Buffer, pepper: Buffer): Key =>
  symmetric(derived(pepper, 'joint1', 'session', share))

/** The key of the addresses that members left for reminders: it is made from the configuration alone. */
export const keyOfMail = ({ pepper }: Configuration): Key => symmetric(derived(pepper, 'joint1', 'mail', ''))

/** The key that a recovery's one-time code makes. */
export const keyOfRecovery = (code: string): Key =>
  agreement(expanded(code.replaceAll('-', ''), frame('code1', 'recovery')))

/** Everything of 32 bytes that lies in the open, but for the audit trail's hashes of its own lines. */
function lyingAround(dump: Dump): Buffer[] {
  const open = [...dump.rows].flatMap(([table, rows]) =>
    (table.startsWith('audit_') ? [] : rows).flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        Buffer.isBuffer(value) && !(dump.sealed.get(table) ?? []).includes(column) ? [value] : [],
      ),
    ),
  )
  return open.filter(({ length }) => length === 32)
}

const hashed = (key: Buffer) => createHash('sha256').update(key).digest()

/** Every key that who has the dump and the configuration, but nobody's passphrase, might think of. */
export function guessedKeys(dump: Dump, configuration: Configuration): Key[] {
  const around = lyingAround(dump)
  const secrets = [configuration.pepper, configuration.signing, Buffer.alloc(32)]
  const keyrings = rowsOf(dump, 'keyring_versions').map(
    (row) => [text(row, 'keyring_id'), number(row, 'version')] as const,
  )
  return [
    keyOfMail(configuration),
    ...[...secrets, ...around].flatMap((key) => [symmetric(key), agreement(key), symmetric(hashed(key))]),
    ...secrets.flatMap((secret) => [
      ...['identity', 'narrative', 'legal', 'facts'].map((name) => symmetric(derived(secret, 'class1', name))),
      ...['verifier1', 'kek1'].map((name) => symmetric(expanded(secret, name))),
      ...around.map((share) => keyOfSession(share, secret)),
      agreement(expanded(secret, frame('code1', 'recovery'))),
      ...[...keyrings, ['replies', 1] as const].flatMap((name) => keysOfRoot(secret, ...name)),
    ]),
  ]
}

/** The contents and accounts that came open, `table.column id`, in order; keys and kept replies are left out. */
export function contentsOf(opened: Opened): string[] {
  const keys = /^(record_keys|keyring_grants|idempotency_keys|sessions|recovery_)/
  return [...opened.keys()]
    .filter(({ column }) => !keys.test(column))
    .map(({ column, id }) => `${column} ${id}`)
    .sort()
}
