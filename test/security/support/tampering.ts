import { inject } from 'vitest'
import { agreementKeyFrom } from '../../../src/platform/crypto/agreement.ts'
import { sealKey } from '../../../src/platform/crypto/box.ts'
import { keyringKeys } from '../../../src/platform/crypto/keyring.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { sign, type SigningKey, signingKeyFrom } from '../../../src/platform/crypto/signing.ts'
import type { Id } from '../../../src/platform/kernel/ids.ts'
import { bytes, rowsOf, takeDump, text, withClient } from './dump.ts'
import { openWith } from './kit.ts'
import { keyBehind, readConfiguration } from './loot.ts'
import type { App } from './scenario.ts'
import { sealedValues } from './sealed-values.ts'

type Org = 'home' | 'away'

/** A person's own signing key, by their passphrase: an insider who works for whoever can write to the database. */
export async function signingKeyOf(app: App, name: string, org: Org = 'home'): Promise<SigningKey> {
  const dump = await takeDump(app.place)
  const configuration = readConfiguration(inject('keys'))
  const own = sealedValues(dump).filter(
    ({ column, id }) => column === 'users.secret' && id === app.person(name, org).id,
  )
  const [secret] = openWith(own, [await keyBehind({ dump, configuration }, app.person(name, org))]).values()
  if (secret === undefined) throw new Error('the passphrase does not open its account')
  const seed = String(JSON.parse(secret.plain.toString()).signing)
  return signingKeyFrom(new Secret(Buffer.from(seed, 'base64')))
}

export type Keyring = { readonly id: string; readonly kind: string; readonly organisation: string }

/** A keyring of an organisation as it lies in the database. */
export async function findKeyring(app: App, kind: string, org: Org = 'home') {
  const dump = await takeDump(app.place)
  const organisation = app.person('monitor', org).organisation_id
  const found = rowsOf(dump, 'keyrings').find((row) => row['kind'] === kind && row['organisation_id'] === organisation)
  if (found === undefined) throw new Error(`there is no ${kind} keyring`)
  const id = text(found, 'id')
  const [version] = rowsOf(dump, 'keyring_versions').filter((row) => row['keyring_id'] === id)
  if (version === undefined) throw new Error('a keyring has a version')
  return { id, organisation, kind, publicKey: bytes(version, 'public_key'), signature: bytes(version, 'signature') }
}

/** A root that the attacker knows, and its public half. */
export function attackersRoot(keyring: string) {
  const root = new Secret<Uint8Array>(Buffer.alloc(32, 7))
  return { root, publicKey: Buffer.from(keyringKeys(root, keyring, 1).agreement.publicKey) }
}

export const attackersKey = () => agreementKeyFrom(new Secret<Uint8Array>(Buffer.alloc(32, 9)))

/** What a maker signs of a keyring's first version. */
export const signVersion = (key: SigningKey, { kind, organisation, id }: Keyring, publicKey: Uint8Array): Buffer =>
  sign(key, 'keyring1', kind, organisation, id, 1, publicKey)

type Change = { public_key: Buffer; signature?: Buffer; signed_by?: string }

/** Puts another public half into a keyring. */
export async function replaceVersion(app: App, keyringId: string, { signed_by, ...change }: Change): Promise<void> {
  await app.database
    .updateTable('keyring_versions')
    .set(change)
    .$if(signed_by !== undefined, (query) => query.set({ signed_by: asUser(signed_by ?? '') }))
    .where('keyring_id', '=', asKeyring(keyringId))
    .execute()
}

/** Gives a reader a root of the attacker's, sealed to the reader's own key as a real grant is. */
export async function replaceGrant(
  app: App,
  keyring: Keyring,
  { reader, root }: { reader: string; root: Secret<Uint8Array> },
): Promise<void> {
  const [user] = rowsOf(await takeDump(app.place), 'users').filter((row) => row['id'] === reader)
  if (user === undefined) throw new Error('nobody has this id')
  const place = {
    organisation: keyring.organisation,
    table: 'keyring_grants',
    row: reader,
    column: 'root',
    keyring: keyring.id,
    keyring_version: 1,
  }
  await app.database
    .updateTable('keyring_grants')
    .set({ root: sealKey(bytes(user, 'agreement_key'), place, root) })
    .where('keyring_id', '=', asKeyring(keyring.id))
    .where('user_id', '=', asUser(reader))
    .execute()
}

/** The public keys of a user as they lie in the database. */
export async function publicKeysOf(app: App, id: string): Promise<[agreement: Buffer, signing: Buffer]> {
  const [user] = rowsOf(await takeDump(app.place), 'users').filter((row) => row['id'] === id)
  if (user === undefined) throw new Error('nobody has this id')
  return [bytes(user, 'agreement_key'), bytes(user, 'signing_key')]
}

type Plant = { like: string; id: string; keys: readonly [Buffer, Buffer]; confirmation: Buffer; confirmed_by: string }

/** Writes in an active member with keys of the attacker's, otherwise like one that is there. */
export function plantMember(app: App, { like, id, keys, confirmation, confirmed_by }: Plant): Promise<void> {
  return withClient(app.place, async (client) => {
    await client.query(
      `insert into users (id, organisation_id, handle_hash, agreement_key, signing_key, kdf_salt, kdf_memory_kib,
         kdf_passes, kdf_lanes, verifier_hash, secret)
       select $1, organisation_id, sha256($2), $2, $3, kdf_salt, kdf_memory_kib, kdf_passes, kdf_lanes, verifier_hash,
         secret from users where id = $4`,
      [id, ...keys, like],
    )
    await client.query(
      `insert into members (id, organisation_id, roles, is_intake, is_recovery_officer, status, confirmed_by,
         confirmation, profile)
       select $1, organisation_id, roles, is_intake, is_recovery_officer, status, $2, $3, profile
         from members where id = $4`,
      [id, confirmed_by, confirmation, like],
    )
  })
}

const isUser = (id: string): id is Id<'users'> => id !== ''
const isKeyring = (id: string): id is Id<'keyrings'> => id !== ''

export function asUser(id: string): Id<'users'> {
  if (!isUser(id)) throw new Error('an id is not empty')
  return id
}

function asKeyring(id: string): Id<'keyrings'> {
  if (!isKeyring(id)) throw new Error('an id is not empty')
  return id
}
