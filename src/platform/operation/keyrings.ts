import { type KeyringKeys, keyringKeys, newRoot } from '../crypto/keyring.ts'
import { openKey, sealKey } from '../crypto/box.ts'
import type { Place } from '../crypto/place.ts'
import type { SecretKey } from '../crypto/secret.ts'
import { sign, verify } from '../crypto/signing.ts'
import { sameBytes, sha256 } from '../crypto/code.ts'
import type { Reader } from '../database/database.ts'
import type { Tables } from '../database/tables.gen.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import type { Act } from './op.ts'
import { membersAmong, refuseOlder } from './register.ts'
import { anchorOf, keysOf } from './session.ts'
import { keyNotConfirmed, trustedKeys } from './trust.ts'

export type KeyringKind =
  | 'coalition'
  | 'directory'
  | 'intake'
  | 'statistics'
  | 'index'
  | 'assistance'
  | 'personal'
  | 'case'

/** One version of a keyring by name. */
export type KeyringRef = {
  readonly keyring_id: Id<'keyrings'>
  readonly version: number
  readonly organisation_id: Id<'organisations'>
}

/** A keyring that can be written to: its public half, checked against the signature of who made it. */
export type WritableKeyring = KeyringRef & { readonly publicKey: Uint8Array }

/** A keyring that the caller can read with. */
export type HeldKeyring = KeyringRef & { readonly keys: KeyringKeys }

const rootPlace = ({ organisation_id, keyring_id, version }: KeyringRef, reader: Id<'users'>): Place => ({
  organisation: organisation_id,
  table: 'keyring_grants',
  row: reader,
  column: 'root',
  keyring: keyring_id,
  keyring_version: version,
})

/** The parts under the signature of a keyring version. */
const versionParts = (ref: KeyringRef, kind: string, publicKey: Uint8Array): (string | number | Uint8Array)[] => [
  'keyring1',
  kind,
  ref.organisation_id,
  ref.keyring_id,
  ref.version,
  publicKey,
]

/** Makes a keyring with a fresh root, held by nobody yet but by those then granted. */
export async function createKeyring(
  act: Act,
  keyring: { organisation_id: Id<'organisations'>; kind: KeyringKind; owner_id?: Id<'users'> },
): Promise<KeyringRef & { root: SecretKey }> {
  const id = newId('keyrings')
  const ref = { keyring_id: id, version: 1, organisation_id: keyring.organisation_id }
  await act.db
    .insertInto('keyrings')
    .values({ ...keyring, id })
    .execute()
  return { ...ref, root: await insertVersion(act, ref, keyring.kind) }
}

/** Adds a version: root and signed public half. */
export async function insertVersion(act: Act, ref: KeyringRef, kind: KeyringKind): Promise<SecretKey> {
  const root = newRoot()
  const { agreement } = keyringKeys(root, ref.keyring_id, ref.version)
  await act.db
    .insertInto('keyring_versions')
    .values({
      keyring_id: ref.keyring_id,
      version: ref.version,
      public_key: Buffer.from(agreement.publicKey),
      signed_by: act.actor.id,
      signature: sign(keysOf(act).secret.signing, ...versionParts(ref, kind, agreement.publicKey)),
    })
    .execute()
  return root
}

/** Seals a root to the readers' keys, each of which must be confirmed (or be the actor's own), and signs each grant. */
export async function grantRoot(act: Act, ref: KeyringRef, grant: { root: SecretKey; to: readonly Id<'users'>[] }) {
  if (grant.to.length === 0) return
  const rows = []
  for (const reader of grant.to)
    rows.push(grantFor(act, ref, { root: grant.root, reader, key: await keyOf(act, reader) }))
  await act.db
    .insertInto('keyring_grants')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function keyOf(act: Act, reader: Id<'users'>): Promise<Uint8Array> {
  if (reader === act.actor.id) return keysOf(act).secret.agreement.publicKey
  const keys = (await membersAmong(act, [reader])).get(reader)
  if (keys === undefined) throw new Problem(keyNotConfirmed)
  return keys.agreement
}

type Grant = { readonly root: SecretKey; readonly reader: Id<'users'>; readonly key: Uint8Array }

function grantFor(act: Act, ref: KeyringRef, { root, reader, key }: Grant) {
  const sealed = sealKey(key, rootPlace(ref, reader), root)
  const { signing } = keysOf(act).secret
  return {
    keyring_id: ref.keyring_id,
    version: ref.version,
    user_id: reader,
    root: sealed,
    granted_by: act.actor.id,
    signature: sign(signing, 'grant1', ref.keyring_id, ref.version, reader, key, sha256(sealed)),
  }
}

type GrantRow = { root: Tables['keyring_grants']['root']; public_key: Buffer } & KeyringRef

/**
 * Opens a granted root, to read with: it must be the root of the version's public half. Whether that half was signed is
 * asked where something is written (`heldKeyring`, `rootOf`): under a false root nothing opens that was not sealed under it.
 */
export function openGrant(act: Act, grant: GrantRow): HeldKeyring {
  const { secret, keyrings } = keysOf(act)
  const name = versionName(grant)
  const ref = refOf(grant)
  const known = keyrings.get(name)
  if (known !== undefined) return { ...ref, keys: known }

  const root = openKey(secret.agreement, rootPlace(ref, act.actor.id), grant.root)
  const keys = keyringKeys(root, ref.keyring_id, ref.version)
  if (!sameBytes(keys.agreement.publicKey, grant.public_key)) throw new Problem(keyNotConfirmed)
  keyrings.set(name, keys)
  return { ...ref, keys }
}

type VersionRef = Pick<KeyringRef, 'keyring_id' | 'version'>

/** What the actor holds of these versions, by `id/version`: from the session, or opened now. Whether it is still granted is the caller's to ask. */
export async function holdVersions(act: Act, refs: readonly VersionRef[]): Promise<ReadonlyMap<string, KeyringKeys>> {
  const { keyrings } = keysOf(act)
  const fresh = new Map(refs.filter((ref) => !keyrings.has(versionName(ref))).map((ref) => [versionName(ref), ref]))
  if (fresh.size === 0) return keyrings
  const ids = [...fresh.values()].map(({ keyring_id }) => keyring_id)
  for (const grant of await grantsOf(act).where('g.keyring_id', 'in', ids).execute())
    if (fresh.has(versionName(grant))) openGrant(act, grant)
  return keyrings
}

/** The name of a version among the keyrings of a session. */
export const versionName = ({ keyring_id, version }: VersionRef): string => `${keyring_id}/${String(version)}`

/** The root itself, to hand it on. 404 when the actor does not hold the keyring. */
export async function rootOf(act: Act, keyringId: Id<'keyrings'>): Promise<KeyringRef & { root: SecretKey }> {
  const grant = await findGrant(act, keyringId)
  if (grant === undefined) throw new Problem(notFound)
  const ref = refOf(await openSigned(act, grant))
  return { ...ref, root: openKey(keysOf(act).secret.agreement, rootPlace(ref, act.actor.id), grant.root) }
}

const refOf = ({ keyring_id, version, organisation_id }: KeyringRef): KeyringRef => ({
  keyring_id,
  version,
  organisation_id,
})

/** The keyring's current version as the actor holds it; undefined when the actor does not. */
export async function heldKeyring(act: Act, keyringId: Id<'keyrings'>): Promise<HeldKeyring | undefined> {
  const grant = await findGrant(act, keyringId)
  return grant && openSigned(act, grant)
}

/** The same to read with only, such as what is about to get a new root because its maker may make no more. */
export async function readableKeyring(act: Act, keyringId: Id<'keyrings'>): Promise<HeldKeyring | undefined> {
  const grant = await findGrant(act, keyringId)
  return grant && openGrant(act, grant)
}

/** A root to write under: whoever can write to the database could put both a root and its public half there. */
async function openSigned(act: Act, grant: CurrentGrant): Promise<HeldKeyring> {
  refuseOlder(act, grant)
  const held = openGrant(act, grant)
  const self = { id: act.actor.id, signing: keysOf(act).secret.signing.publicKey }
  const { publicKey } = await publicHalf({ db: act.db, anchor: anchorOf(act), self }, grant)
  if (!sameBytes(publicKey, held.keys.agreement.publicKey)) throw new Problem(keyNotConfirmed)
  return held
}

type CurrentGrant = NonNullable<Awaited<ReturnType<typeof findGrant>>>

function findGrant(act: Act, keyringId: Id<'keyrings'>) {
  return grantsOf(act).where('k.id', '=', keyringId).whereRef('g.version', '=', 'k.version').executeTakeFirst()
}

/** The actor's grants, of whatever version. */
function grantsOf(act: Act) {
  return act.db
    .selectFrom('keyring_grants as g')
    .innerJoin('keyrings as k', 'k.id', 'g.keyring_id')
    .innerJoin('keyring_versions as v', (on) =>
      on.onRef('v.keyring_id', '=', 'g.keyring_id').onRef('v.version', '=', 'g.version'),
    )
    .select(['g.keyring_id', 'g.version', 'g.root', 'k.organisation_id', 'k.kind', 'k.owner_id', 'v.public_key'])
    .where('g.user_id', '=', act.actor.id)
}

/** An organisation's own keyrings of the given kinds, by kind. */
export async function findKeyrings(db: Reader, organisationId: Id<'organisations'>, kinds: readonly KeyringKind[]) {
  const rows = await db
    .selectFrom('keyrings')
    .select(['id', 'kind', 'version'])
    .where('organisation_id', '=', organisationId)
    .where('kind', 'in', kinds)
    .execute()
  return new Map(rows.map((row) => [row.kind, row]))
}

/** Who may make a version: with a keyring of the organisation's, not just any member whose key is confirmed. */
const mayMake = (kind: string, roles: readonly string[]): boolean => {
  if (kind === 'personal') return true
  const makers =
    kind === 'case' ? ['lawyer', 'clinician', 'coordinator', 'administrator'] : ['coordinator', 'administrator']
  return roles.some((role) => makers.includes(role))
}

/** The row of a keyring with its current version, and what stands there as its public half. */
type Current = KeyringRef & {
  readonly kind: string
  readonly owner_id: Id<'users'> | null
  readonly public_key: Uint8Array | null
}

const checked = new Map<string, WritableKeyring>()
const CHECKED_MOST = 10_000

/** Who asks: with the pinned anchor, and with their own key for what they signed themselves. */
type Asking = {
  readonly db: Reader
  readonly anchor: string
  readonly self?: { readonly id: Id<'users'>; readonly signing: Uint8Array }
}

/** The public half of a version, after checking who signed it: once, for a version never changes. 409 key-not-confirmed. */
export async function publicHalf(by: Asking, row: Current): Promise<WritableKeyring> {
  const known = row.public_key === null ? undefined : checked.get(nameOf(by.anchor, row, row.public_key))
  if (known !== undefined) return known

  const { keyring_id, version, organisation_id } = row
  const { publicKey, isOwn } = await signedHalf(by, row)
  const keyring = { keyring_id, version, organisation_id, publicKey }
  // What one signed oneself is believed by oneself alone: a new member is not confirmed yet.
  if (isOwn) return keyring
  if (checked.size >= CHECKED_MOST) checked.clear()
  checked.set(nameOf(by.anchor, row, publicKey), keyring)
  return keyring
}

function nameOf(anchor: string, row: Current, publicKey: Uint8Array): string {
  const { keyring_id, version, organisation_id, kind, owner_id } = row
  return [anchor, keyring_id, version, organisation_id, kind, owner_id, Buffer.from(publicKey).toString('base64')].join(
    ' ',
  )
}

async function signedHalf(
  { db, anchor, self }: Asking,
  row: Current,
): Promise<{ publicKey: Uint8Array; isOwn: boolean }> {
  const { public_key, signed_by, signature } = await db
    .selectFrom('keyring_versions')
    .select(['public_key', 'signed_by', 'signature'])
    .where('keyring_id', '=', row.keyring_id)
    .where('version', '=', row.version)
    .executeTakeFirstOrThrow()
  const isOwn = signed_by === self?.id
  const signing = isOwn ? self.signing : await makersKey({ db, anchor }, row, signed_by)
  if (!verify(signing, signature, ...versionParts(row, row.kind, public_key))) throw new Problem(keyNotConfirmed)
  return { publicKey: public_key, isOwn }
}

/** The signing key of a confirmed member who may make a version of this keyring. */
async function makersKey({ db, anchor }: Asking, row: Current, signedBy: Id<'users'>): Promise<Uint8Array> {
  const signer = await trustedKeys(db, anchor, signedBy)
  const isOwners = row.kind !== 'personal' || row.owner_id === signedBy
  const isAtHome = row.kind === 'coalition' || signer.organisation_id === row.organisation_id
  if (!isOwners || !isAtHome || !mayMake(row.kind, signer.roles)) throw new Problem(keyNotConfirmed)
  return signer.signing
}
