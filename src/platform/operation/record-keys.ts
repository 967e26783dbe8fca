import { sql } from 'kysely'
import { type KeySealer, openKey, sealerTo, unwrapKey, wrapKey } from '../crypto/box.ts'
import { classKey, newRecordKey, type RecordClass } from '../crypto/keyring.ts'
import type { Place } from '../crypto/place.ts'
import type { SecretKey } from '../crypto/secret.ts'
import type { Tables } from '../database/tables.gen.ts'
import type { Id } from '../kernel/ids.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { type HeldKeyring, holdVersions, versionName, type WritableKeyring } from './keyrings.ts'
import type { Act } from './op.ts'
import { keysOf, type RecordAccess } from './session.ts'
import { writableKeyrings } from './writing.ts'

/** What of a record a wrap opens: all of it, or one class. */
export type RecordPart = 'record' | RecordClass

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
  const wrap = wrapperFor(readers)
  const key = newRecordKey()
  await insertWraps(act, wrap(key, row))
  return wholeAccess(key)
}

/** Makes keys of new records, all for these readers, with the wraps still to be inserted beside the records. */
export function recordKeyMaker(readers: readonly RecordReader[]) {
  const wrap = wrapperFor(readers)
  return (row: Row) => {
    const key = newRecordKey()
    return { access: wholeAccess(key), wraps: wrap(key, row) }
  }
}

/** The statement that inserts wraps, to be made part of one that inserts their records. */
export const insertingWraps = (wraps: readonly Tables['record_keys'][]) => sql`
  insert into record_keys (record_id, part, organisation_id, keyring_id, keyring_version, is_sealed, wrapped)
  select * from unnest(
    ${wraps.map((wrap) => wrap.record_id)}::uuid[], ${wraps.map((wrap) => wrap.part)}::text[],
    ${wraps.map((wrap) => wrap.organisation_id)}::uuid[], ${wraps.map((wrap) => wrap.keyring_id)}::uuid[],
    ${wraps.map((wrap) => wrap.keyring_version)}::integer[], ${wraps.map((wrap) => wrap.is_sealed)}::boolean[],
    ${wraps.map((wrap) => wrap.wrapped)}::bytea[])`

/** Access to a record through its whole key; each class key is derived once. */
function wholeAccess(key: SecretKey): RecordAccess {
  const derived = new Map<RecordClass, SecretKey>()
  return {
    key(recordClass) {
      const known = derived.get(recordClass) ?? classKey(key, recordClass)
      derived.set(recordClass, known)
      return known
    },
  }
}

const partAccess = (part: string, key: SecretKey): RecordAccess =>
  part === 'record' ? wholeAccess(key) : { key: (recordClass) => (recordClass === part ? key : undefined) }

/** How keys are wrapped for these readers. What one wrapper seals to a reader is under one ephemeral key. */
function wrapperFor(readers: readonly RecordReader[]) {
  const wrappers = readers.map((reader) => ({ reader, close: closerFor(reader) }))
  return (key: SecretKey, row: Row): Tables['record_keys'][] =>
    wrappers.map(({ reader, close }) => {
      const keyring = 'to' in reader ? reader.to : reader.heldAs
      const wrap = { record_id: row.id, part: reader.part, organisation_id: row.organisation_id }
      return {
        ...wrap,
        keyring_id: keyring.keyring_id,
        keyring_version: keyring.version,
        is_sealed: 'to' in reader,
        wrapped: close(wrapPlace(keyring, wrap), reader.part === 'record' ? key : classKey(key, reader.part)),
      }
    })
}

function closerFor(reader: RecordReader): KeySealer {
  if ('to' in reader) return sealerTo(reader.to.publicKey)
  return (place, inner) => wrapKey(reader.heldAs.keys.wrapping, place, inner)
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
  const keyrings = await writableKeyrings(act, readers)
  const wrap = wrapperFor(
    readers.flatMap(({ part }, at) => {
      const to = keyrings[at]
      return to === undefined ? [] : [{ part, to }]
    }),
  )
  const key = newRecordKey()
  await replaceWraps(act, wrap(key, row))
  return wholeAccess(key)
}

/** Opens what the actor's keyrings open of these records, by record id. Records out of reach are not in the map. */
export async function openRecordKeys(act: Act, ids: readonly Id<string>[]): Promise<Map<string, RecordAccess>> {
  const opened = new Map<string, RecordAccess>()
  for (const wrap of await findWraps(act, ids)) {
    const access = accessThrough(act, wrap)
    const other = opened.get(wrap.record_id)
    opened.set(wrap.record_id, other === undefined ? access : eitherOf(other, access))
  }
  return opened
}

const eitherOf = (one: RecordAccess, other: RecordAccess): RecordAccess => ({
  key: (recordClass) => one.key(recordClass) ?? other.key(recordClass),
})

/** Of what somebody could open, one class alone: nothing more is opened than a count needs. */
export const onlyClass = (access: RecordAccess | undefined, wanted: RecordClass): RecordAccess => ({
  key: (recordClass) => (recordClass === wanted ? access?.key(recordClass) : undefined),
})

const REMEMBERED_MOST = 1_000

/** Opening a sealed wrap costs fifty times what finding it again does. The row was read and is granted now, or we were not here. */
function accessThrough(act: Act, wrap: HeldWrap): RecordAccess {
  const { records } = keysOf(act)
  const name = [wrap.record_id, wrap.part, versionName(wrap), wrap.wrapped.toString('base64')].join(' ')
  const known = records.get(name)
  if (known !== undefined) return known

  const access = partAccess(wrap.part, openWrap(wrap, wrap))
  const [oldest] = records.keys()
  if (records.size >= REMEMBERED_MOST && oldest !== undefined) records.delete(oldest)
  records.set(name, access)
  return access
}

/** Wraps a record that the actor can open whole for further readers. 404 when the actor cannot open it. */
export async function shareRecord(act: Act, row: Row, readers: readonly RecordReader[]): Promise<void> {
  const wraps = await findWraps(act, [row.id])
  const wrap = wraps.find(({ part }) => part === 'record')
  if (wrap === undefined) throw new Problem(notFound)
  await insertWraps(act, wrapperFor(readers)(openWrap(wrap, wrap), row))
}

/** Takes a keyring's readers off records: their wraps are deleted. */
export async function unshareRecords(act: Act, ids: readonly Id<string>[], keyringId: Id<'keyrings'>): Promise<void> {
  if (ids.length === 0) return
  await act.db.deleteFrom('record_keys').where('record_id', 'in', ids).where('keyring_id', '=', keyringId).execute()
}

/** Leaves a record to the readers of one keyring: all other wraps are deleted. */
export async function leaveRecordTo(act: Act, id: Id<string>, keyringId: Id<'keyrings'>): Promise<void> {
  await act.db.deleteFrom('record_keys').where('record_id', '=', id).where('keyring_id', '!=', keyringId).execute()
}

type HeldWrap = Awaited<ReturnType<typeof findWraps>>[number]

/** The wraps of these records that the actor's grants open, each with the keys to open it. */
async function findWraps(act: Act, ids: readonly Id<string>[]) {
  if (ids.length === 0) return []
  const wraps = (await selectWraps(act, ids)).filter(({ is_granted }) => is_granted)
  const held = await holdVersions(act, wraps)
  return wraps.flatMap((wrap) => {
    const keys = held.get(versionName(wrap))
    return keys === undefined ? [] : [{ ...wrap, keys }]
  })
}

type WrapRow = Pick<
  Tables['record_keys'],
  'record_id' | 'part' | 'organisation_id' | 'is_sealed' | 'wrapped' | 'keyring_id'
> & {
  readonly version: number
  readonly is_granted: boolean
}

/** The grant is asked for in the select list, where it cannot lead PostgreSQL to begin with all the records of a keyring. */
async function selectWraps(act: Act, ids: readonly Id<string>[]): Promise<WrapRow[]> {
  const { rows } = await sql<WrapRow>`
    select record_id, part, organisation_id, is_sealed, wrapped, keyring_id, keyring_version as version,
           exists (select from keyring_grants g
                    where g.keyring_id = r.keyring_id and g.version = r.keyring_version
                      and g.user_id = ${act.actor.id}) as is_granted
      from record_keys r
     where record_id = any(${ids}::uuid[])`.execute(act.db)
  return rows
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
