import { sql } from 'kysely'
import { SealBroken, wrapKey } from '../crypto/box.ts'
import { keyringKeys } from '../crypto/keyring.ts'
import type { Id } from '../kernel/ids.ts'
import {
  grantRoot,
  heldKeyring,
  type HeldKeyring,
  insertVersion,
  type KeyringRef,
  openGrant,
  readableKeyring,
} from './keyrings.ts'
import { Problem } from '../kernel/problem.ts'
import type { Act } from './op.ts'
import { keyNotConfirmed } from './trust.ts'
import { openWrap, replaceWraps, wrapPlace } from './record-keys.ts'

const REWRAP_BATCH = 1_000

/**
 * Gives a keyring a new root that only `stayers` receive. Everything written from the commit on is closed to the others.
 * When the actor holds the keyring, all its record keys move to the new root at once; otherwise the stayers keep the old
 * root, and the first of them to sign in moves the record keys (`settleKeyrings`).
 */
export async function rotateKeyring(
  act: Act,
  keyringId: Id<'keyrings'>,
  stayers: readonly Id<'users'>[],
): Promise<void> {
  const held = await readableKeyring(act, keyringId)
  await withdrawGrants(act, keyringId, stayers)
  const { version, organisation_id, kind } = await act.db
    .updateTable('keyrings')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', keyringId)
    .returning(['version', 'organisation_id', 'kind'])
    .executeTakeFirstOrThrow()

  const ref: KeyringRef = { keyring_id: keyringId, version, organisation_id }
  const root = await insertVersion(act, ref, kind)
  await grantRoot(act, ref, { root, to: stayers })
  act.concerns('keyrings', keyringId)
  if (held !== undefined) await moveRecordKeys(act, held, { ...ref, keys: keyringKeys(root, keyringId, version) })
}

/** Takes the old roots from who leaves, but for a version that nobody who stays holds: without it its records were lost. */
async function withdrawGrants(act: Act, keyringId: Id<'keyrings'>, stayers: readonly Id<'users'>[]): Promise<void> {
  await act.db
    .deleteFrom('keyring_grants as gone')
    .where('gone.keyring_id', '=', keyringId)
    .where('gone.user_id', 'not in', stayers)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('keyring_grants as kept')
          .select('kept.user_id')
          .whereRef('kept.keyring_id', '=', 'gone.keyring_id')
          .whereRef('kept.version', '=', 'gone.version')
          .where('kept.user_id', 'in', stayers),
      ),
    )
    .execute()
}

/**
 * Finishes rotations that others began: every record key under an older version that the actor holds moves to the
 * current one. A current version whose maker may make no more is passed over: it is about to be replaced itself.
 */
export async function settleKeyrings(act: Act): Promise<void> {
  const old = await findOldGrants(act)
  if (old.length === 0) return
  for (const { keyring_id } of old) await lockKeyring(act, keyring_id)
  for (const grant of await findOldGrants(act)) {
    const fresh = await heldKeyring(act, grant.keyring_id).catch(unlessUnconfirmed)
    if (fresh !== undefined) await moveRecordKeys(act, openGrant(act, grant), fresh)
  }
}

/** One at a time moves a keyring on. Those who write to it go on: a rotation waits for them only when it takes its version. */
async function lockKeyring(act: Act, keyringId: Id<'keyrings'>): Promise<void> {
  await act.db.selectFrom('keyrings').select('id').where('id', '=', keyringId).forNoKeyUpdate().execute()
}

function unlessUnconfirmed(error: unknown): undefined {
  if (!(error instanceof Problem) || error.kind !== keyNotConfirmed) throw error
}

function findOldGrants(act: Act) {
  return act.db
    .selectFrom('keyring_grants as g')
    .innerJoin('keyrings as k', 'k.id', 'g.keyring_id')
    .innerJoin('keyring_versions as v', (on) =>
      on.onRef('v.keyring_id', '=', 'g.keyring_id').onRef('v.version', '=', 'g.version'),
    )
    .select(['g.keyring_id', 'g.version', 'g.root', 'k.organisation_id', 'v.public_key'])
    .where('g.user_id', '=', act.actor.id)
    .whereRef('g.version', '<', 'k.version')
    .orderBy('g.keyring_id')
    .orderBy('g.version')
    .execute()
}

async function moveRecordKeys(act: Act, from: HeldKeyring, to: HeldKeyring): Promise<void> {
  let after: Wrap | undefined
  do {
    const wraps = await findWrapsUnder(act, from, after)
    await replaceWraps(
      act,
      wraps.flatMap((wrap) => rewrapped(wrap, from, to)),
    )
    after = wraps[REWRAP_BATCH - 1]
  } while (after !== undefined)
  await act.db
    .deleteFrom('keyring_grants')
    .where('keyring_id', '=', from.keyring_id)
    .where('version', '=', from.version)
    .execute()
}

type Wrap = Awaited<ReturnType<typeof findWrapsUnder>>[number]

function findWrapsUnder(
  act: Act,
  { keyring_id, version }: KeyringRef,
  after: { record_id: string; part: string } | undefined,
) {
  return act.db
    .selectFrom('record_keys')
    .select(['record_id', 'part', 'organisation_id', 'is_sealed', 'wrapped'])
    .where('keyring_id', '=', keyring_id)
    .where('keyring_version', '=', version)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(record_id, part) > (${after?.record_id}::uuid, ${after?.part})`),
    )
    .orderBy('record_id')
    .orderBy('part')
    .limit(REWRAP_BATCH)
    .execute()
}

/** A wrap that somebody damaged in the database must not keep a member from being removed: it stays as it is, shut. */
function rewrapped(wrap: Wrap, from: HeldKeyring, to: HeldKeyring) {
  try {
    const wrapped = wrapKey(to.keys.wrapping, wrapPlace(to, wrap), openWrap(from, wrap))
    return [{ ...wrap, keyring_id: to.keyring_id, keyring_version: to.version, is_sealed: false, wrapped }]
  } catch (error) {
    if (error instanceof SealBroken) return []
    throw error
  }
}
