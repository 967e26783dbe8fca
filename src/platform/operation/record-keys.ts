import { openKey, sealKey, unwrapKey, wrapKey } from '../crypto/box.ts'
import { classKey, newRecordKey, type RecordClass } from '../crypto/keyring.ts'
import type { Place } from '../crypto/place.ts'
import type { SecretKey } from '../crypto/secret.ts'
import type { Tables } from '../database/tables.gen.ts'
import type { Id } from '../kernel/ids.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { type HeldKeyring, openGrant, type WritableKeyring } from './keyrings.ts'
import type { Act } from './op.ts'
import { anchorOf } from './session.ts'
import { writableKeyrings } from './writing.ts'

/** What of a record a wrap opens: all of it, or one class. */
export type RecordPart = 'record' | RecordClass

/** The key of one record, or those of its classes that the reader has been given. */
export type RecordAccess = { key(recordClass: RecordClass): SecretKey | undefined }

type Wrapped = { readonly record_id: Id<string>; readonly part: string; readonly organisation_id: Id<'organisations'> }

/** Where the wrap of a record key lives. */
export const wrapPlace = (keyring: { keyring_id: string; version: number }, wrap: Wrapped): Place => ({
  organisation: wrap.organisation_id,
  table: 'record_keys',
  row: wrap.record_id,
  column: wrap.part,
  keyring: keyring.keyring_id,
  keyring_version: keyring.version,
})

/** A reader-to-be of a record: a keyring that the actor may only write to, or one that the actor holds. */
export type RecordReader = { readonly part: RecordPart } & (
  | { readonly to: WritableKeyring }
  | { readonly heldAs: HeldKeyring }
)

type Row = { readonly id: Id<string>; readonly organisation_id: Id<'organisations'> }

/** Makes the key of a new record and wraps it, whole or one class of it, for each reader. */
export async function createRecordKey(act: Act, row: Row, readers: readonly RecordReader[]): Promise<RecordAccess> {
  const key = newRecordKey()
  await insertWraps(
    act,
    readers.map((reader) => wrapFor(key, row, reader)),
  )
  return wholeAccess(key)
}

/** Access to a record through its whole key. */
const wholeAccess = (key: SecretKey): RecordAccess => ({ key: (recordClass) => classKey(key, recordClass) })

function wrapFor(key: SecretKey, row: Row, reader: RecordReader): Tables['record_keys'] {
  const inner = reader.part === 'record' ? key : classKey(key, reader.part)
  const keyring = 'to' in reader ? reader.to : reader.heldAs
  const wrap = { record_id: row.id, part: reader.part, organisation_id: row.organisation_id }
  const place = wrapPlace(keyring, wrap)
  return {
    ...wrap,
    keyring_id: keyring.keyring_id,
    keyring_version: keyring.version,
    is_sealed: 'to' in reader,
    wrapped:
      'to' in reader ? sealKey(reader.to.publicKey, place, inner) : wrapKey(reader.heldAs.keys.wrapping, place, inner),
  }
}

async function insertWraps(act: Act, wraps: Tables['record_keys'][]): Promise<void> {
  await act.db.insertInto('record_keys').values(wraps).execute()
}

/** Puts wraps in the place of those of the same record, keyring and part. */
export async function replaceWraps(act: Act, wraps: Tables['record_keys'][]): Promise<void> {
  if (wraps.length === 0) return
  await act.db
    .insertInto('record_keys')
    .values(wraps)
    .onConflict((conflict) =>
      conflict.columns(['record_id', 'keyring_id', 'part']).doUpdateSet(({ ref }) => ({
        keyring_version: ref('excluded.keyring_version'),
        is_sealed: ref('excluded.is_sealed'),
        wrapped: ref('excluded.wrapped'),
      })),
    )
    .execute()
}

/** A new key for a record that is about to be written anew, for all its readers: who left with the old key stays out. */
export async function renewRecordKey(act: Act, row: Row): Promise<RecordAccess> {
  const readers = await act.db
    .selectFrom('record_keys')
    .select(['keyring_id', 'part'])
    .where('record_id', '=', row.id)
    .execute()
  const keyrings = await writableKeyrings({ db: act.db, anchor: anchorOf(act) }, readers)
  const key = newRecordKey()
  await replaceWraps(
    act,
    readers.flatMap(({ part }, at) => {
      const to = keyrings[at]
      return to === undefined ? [] : [wrapFor(key, row, { part, to })]
    }),
  )
  return wholeAccess(key)
}

/** Opens what the actor's keyrings open of these records, by record id. Records out of reach are not in the map. */
export async function openRecordKeys(act: Act, ids: readonly Id<string>[]): Promise<Map<string, RecordAccess>> {
  const whole = new Map<string, RecordAccess>()
  const partial = new Map<string, Map<string, SecretKey>>()
  if (ids.length === 0) return whole
  for (const wrap of await findWraps(act, ids)) {
    if (whole.has(wrap.record_id)) continue
    const key = openWrap(openGrant(act, wrap), wrap)
    if (wrap.part === 'record') whole.set(wrap.record_id, wholeAccess(key))
    else partial.set(wrap.record_id, (partial.get(wrap.record_id) ?? new Map<string, SecretKey>()).set(wrap.part, key))
  }
  for (const [id, keys] of partial) if (!whole.has(id)) whole.set(id, { key: (recordClass) => keys.get(recordClass) })
  return whole
}

/** Wraps a record that the actor can open whole for further readers. 404 when the actor cannot open it. */
export async function shareRecord(act: Act, row: Row, readers: readonly RecordReader[]): Promise<void> {
  const wraps = await findWraps(act, [row.id])
  const wrap = wraps.find(({ part }) => part === 'record')
  if (wrap === undefined) throw new Problem(notFound)
  const key = openWrap(openGrant(act, wrap), wrap)
  await insertWraps(
    act,
    readers.map((reader) => wrapFor(key, row, reader)),
  )
}

/** Takes a keyring's readers off records: their wraps are deleted. */
export async function unshareRecords(act: Act, ids: readonly Id<string>[], keyringId: Id<'keyrings'>): Promise<void> {
  if (ids.length === 0) return
  await act.db.deleteFrom('record_keys').where('record_id', 'in', ids).where('keyring_id', '=', keyringId).execute()
}

/** Whole keys first, so that a reader who holds both a class and the whole gets the whole. */
function findWraps(act: Act, ids: readonly Id<string>[]) {
  return act.db
    .selectFrom('record_keys as r')
    .innerJoin('keyring_grants as g', (on) =>
      on.onRef('g.keyring_id', '=', 'r.keyring_id').onRef('g.version', '=', 'r.keyring_version'),
    )
    .innerJoin('keyring_versions as v', (on) =>
      on.onRef('v.keyring_id', '=', 'g.keyring_id').onRef('v.version', '=', 'g.version'),
    )
    .select([
      'r.record_id',
      'r.part',
      'r.organisation_id',
      'r.is_sealed',
      'r.wrapped',
      'r.keyring_id',
      'r.keyring_version as version',
      'g.root',
      'v.public_key',
    ])
    .where('g.user_id', '=', act.actor.id)
    .where('r.record_id', 'in', ids)
    .orderBy('r.part', 'desc')
    .execute()
}

/** The key inside a wrap, whichever way it was wrapped. */
export function openWrap(
  by: HeldKeyring,
  wrap: Wrapped & { readonly is_sealed: boolean; readonly wrapped: Uint8Array },
): SecretKey {
  const place = wrapPlace(by, wrap)
  return wrap.is_sealed
    ? openKey(by.keys.agreement, place, wrap.wrapped)
    : unwrapKey(by.keys.wrapping, place, wrap.wrapped)
}
