import type { Id } from '../platform/kernel/ids.ts'
import { forgetPerson } from '../persons/service.ts'
import {
  destroyKeyring,
  destroyRows,
  destroyTraces,
  type Gone,
  listLonePersons,
  lockPersonsOf,
  type Shredding,
  withJoined,
} from './repo-shred.ts'
import type { Count, ErasedRecord } from './schema.ts'

/** What an erasure has destroyed. */
export type Shredded = { readonly rows: Count[]; readonly keys: number; readonly records: ErasedRecord[] }

type Doomed = {
  readonly id: Id<string>
  readonly keyring_id: Id<'keyrings'>
  /** What was erased once before with the case, and may stand apart from it in an older database. */
  readonly records?: readonly ErasedRecord[]
}

/** Destroys a case: its keyring, the keys and rows of all that hangs on it, and the persons who are in no other case. */
export async function shredCase(act: Shredding, { id, keyring_id, records = [] }: Doomed): Promise<Shredded> {
  act.concerns('cases', id)
  const known = (kind: ErasedRecord['kind']) =>
    records.filter((record) => record.kind === kind).map(({ record_id }) => record_id)
  await lockPersonsOf(act, id)
  const persons = await withJoined(act, [...(await listLonePersons(act, id)), ...known('persons')])
  const gone = [
    ...(await destroyRows(act, 'cases', [id])),
    ...(await destroyRows(act, 'incidents', known('incidents'))),
    ...(await destroyRows(act, 'persons', persons)),
    ...(await destroyRows(act, 'uploads', known('blobs'))),
    ...(await destroyKeyring(act, keyring_id)),
  ]
  return summed(act, gone, records)
}

/** Forgets who a person is, in every record that was joined to this one. Links to the case stay, as those of an erased person. */
export async function shredIdentity(
  act: Shredding,
  id: Id<string>,
  records: readonly ErasedRecord[],
): Promise<Shredded> {
  const persons = await withJoined(act, [id, ...records.map(({ record_id }) => record_id)])
  const gone: Gone[] = []
  let keys = 0
  for (const person of persons) {
    gone.push(...(await destroyTraces(act, person)))
    keys += await forgetPerson(act, person)
  }
  const known = persons.map((record_id): ErasedRecord => ({ kind: 'persons', record_id }))
  const { rows, ...shredded } = summed(act, gone, known)
  return { ...shredded, rows: [...rows, { table: 'persons', rows: persons.length }], keys: shredded.keys + keys }
}

const KEY_TABLES = ['record_keys', 'keyring_grants', 'keyring_versions', 'keyrings']

function summed(act: Shredding, gone: readonly Gone[], known: readonly ErasedRecord[]): Shredded {
  const rows = new Map<string, number>()
  for (const { table, rows: count } of gone) rows.set(table, (rows.get(table) ?? 0) + count)
  const records = new Map([...known, ...gone.flatMap(recordsIn)].map((record) => [record.record_id, record]))
  for (const { kind, record_id } of records.values()) if (kind !== 'blobs') act.concerns(kind, record_id)
  const counts = [...rows].map(([table, count]) => ({ table, rows: count }))
  return {
    rows: counts.filter(({ table }) => !KEY_TABLES.includes(table)),
    keys: (rows.get('record_keys') ?? 0) + (rows.get('keyring_grants') ?? 0),
    records: [...records.values()],
  }
}

/** What may stand apart from the case in an older database. */
function recordsIn({ table, ids, blobs }: Gone): ErasedRecord[] {
  const named = (kind: ErasedRecord['kind']) => (record_id: Id<string>) => ({ kind, record_id })
  const apart = table === 'incidents' || table === 'persons' ? ids.map(named(table)) : []
  return [...blobs.map(named('blobs')), ...apart]
}
