import type { PlaceParts } from '../../platform/crypto/independent-reader.ts'
import { bytes, type Dump, number, type Row, rowsOf, text } from './dump.ts'

/** One ciphertext of a dump: how it was closed, and the place that is mixed into its key. */
export type SealedValue = {
  /** `table.column` */
  readonly column: string
  /** What tells the row from others of its table. */
  readonly id: string
  readonly way: 'enc1' | 'wrap1' | 'seal1'
  readonly place: PlaceParts
  readonly bytes: Buffer
  readonly row: Row
}

type Reader = (row: Row) => Pick<SealedValue, 'id' | 'way' | 'place'>

const joined = (row: Row, ...columns: string[]) => columns.map((column) => String(row[column])).join('/')

const record =
  (table: string, column: string): Reader =>
  (row) => ({
    id: text(row, 'id'),
    way: 'enc1',
    place: {
      organisation: text(row, table === 'organisations' ? 'id' : 'organisation_id'),
      table,
      row: text(row, 'id'),
      column,
      row_version: number(row, 'seal_version'),
    },
  })

const share =
  (table: string, rowOf: (row: Row) => string, organisationOf: (row: Row) => string): Reader =>
  (row) => ({
    id: joined(row, table === 'recovery_shares' ? 'user_id' : 'recovery_id', 'epoch', 'subset', 'officer_id'),
    way: 'seal1',
    place: {
      organisation: organisationOf(row),
      table,
      row: rowOf(row),
      column: 'share',
      keyring: text(row, 'officer_id'),
      keyring_version: number(row, 'epoch'),
      row_version: number(row, 'subset'),
    },
  })

/** Where the sealed columns that are not contents of records lie. `others` finds the organisation of a row without one. */
function keyColumns(dump: Dump): Record<string, Reader> {
  const organisationOf = (table: string, id: string) =>
    text(rowsOf(dump, table).find((row) => row['id'] === id) ?? {}, 'organisation_id')
  const plain = (table: string, column: string, row: Row) => ({
    organisation: text(row, 'organisation_id'),
    table,
    row: text(row, 'id'),
    column,
  })
  return {
    'users.secret': (row) => ({
      id: text(row, 'id'),
      way: 'enc1',
      place: { ...plain('users', 'secret', row), row_version: number(row, 'secret_version') },
    }),
    'sessions.secret': (row) => ({ id: text(row, 'id'), way: 'enc1', place: plain('sessions', 'secret', row) }),
    'idempotency_keys.reply': (row) => {
      const id = `${text(row, 'user_id')}/${bytes(row, 'key_hash').toString('hex')}`
      const organisation = organisationOf('users', text(row, 'user_id'))
      return { id, way: 'enc1', place: { organisation, table: 'idempotency_keys', row: id, column: 'reply' } }
    },
    'keyring_grants.root': (row) => ({
      id: joined(row, 'keyring_id', 'version', 'user_id'),
      way: 'seal1',
      place: {
        organisation: organisationOf('keyrings', text(row, 'keyring_id')),
        table: 'keyring_grants',
        row: text(row, 'user_id'),
        column: 'root',
        keyring: text(row, 'keyring_id'),
        keyring_version: number(row, 'version'),
      },
    }),
    'record_keys.wrapped': (row) => ({
      id: joined(row, 'record_id', 'keyring_id', 'part'),
      way: row['is_sealed'] === true ? 'seal1' : 'wrap1',
      place: {
        organisation: text(row, 'organisation_id'),
        table: 'record_keys',
        row: text(row, 'record_id'),
        column: text(row, 'part'),
        keyring: text(row, 'keyring_id'),
        keyring_version: number(row, 'keyring_version'),
      },
    }),
    'recovery_shares.share': share(
      'recovery_shares',
      (row) => text(row, 'user_id'),
      (row) => text(row, 'organisation_id'),
    ),
    'recovery_approvals.share': share(
      'recovery_approvals',
      (row) => text(row, 'recovery_id'),
      (row) => organisationOf('recoveries', text(row, 'recovery_id')),
    ),
  }
}

/** Every ciphertext of a dump, with what its place must be by the design. */
export function sealedValues(dump: Dump): SealedValue[] {
  const known = keyColumns(dump)
  return [...dump.sealed].flatMap(([table, columns]) =>
    columns.flatMap((name) => {
      const column = `${table}.${name}`
      const read = known[column] ?? record(table, name)
      return rowsOf(dump, table)
        .filter((row) => row[name] !== null)
        .map((row) => ({ ...read(row), column, bytes: bytes(row, name), row }))
    }),
  )
}
