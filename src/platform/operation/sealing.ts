import type { z } from 'zod'
import type { Granted } from '../access/policy.ts'
import type { Action } from '../access/roles.ts'
import { decryptJson, encryptJson, type Sealed } from '../crypto/box.ts'
import { sha256 } from '../crypto/code.ts'
import type { RecordClass } from '../crypto/keyring.ts'
import type { Place } from '../crypto/place.ts'
import type { Secret } from '../crypto/secret.ts'
import { type SecretKey } from '../crypto/secret.ts'
import type { Tables } from '../database/tables.gen.ts'
import type { Id } from '../kernel/ids.ts'
import type { Act } from './op.ts'
import { onlyClass, openRecordKeys } from './record-keys.ts'
import type { RecordAccess } from './session.ts'

/** The columns of `T` that the database declares as `sealed`. */
export type SealedColumn<T extends keyof Tables> = {
  [C in keyof Tables[T]]: NonNullable<Tables[T][C]> extends Sealed ? C : never
}[keyof Tables[T]] &
  string

/** One sealed column: whose class key it is under, and the shape of what is inside. */
type Column<S extends z.ZodType> = { readonly recordClass: RecordClass; readonly schema: S }

/** Declares a sealed column: its sensitivity class and the schema of its plain value. */
export const column = <S extends z.ZodType>(recordClass: RecordClass, schema: S): Column<S> => ({ recordClass, schema })

type Columns<T extends keyof Tables> = Record<SealedColumn<T>, Column<z.ZodType>>
type Plain<C> = { [K in keyof C]: C[K] extends Column<infer S> ? Secret<z.output<S>> : never }

/** The columns every sealed row has: they are part of the place that a ciphertext is bound to. */
type Home = { readonly id: Id<string>; readonly organisation_id: Id<'organisations'>; readonly seal_version: number }

/** A row with its seals open; null where the reader was not given the class. */
export type Opened<R, C> = Omit<R, keyof C> & { [K in keyof Plain<C>]: Plain<C>[K] | null }

/** The one codec between secrets in memory and the sealed columns of `table`. */
export function sealing<T extends keyof Tables, const C extends Columns<T>>(table: T, columns: C) {
  const names = Object.keys(columns) as (keyof C & string)[]
  const place = (home: Home, name: string): Place => ({
    organisation: home.organisation_id,
    table,
    row: home.id,
    column: name,
    row_version: home.seal_version,
  })

  const codec = {
    /** Seals all the columns for a row, and notes the hash of the ciphertext in the audit row. */
    seal(act: Act, home: Home, sealing: { access: RecordAccess; values: Plain<C> }): { [K in keyof C]: Sealed } {
      const sealed = names.map((name): [string, Sealed] => [
        name,
        encryptJson(needed(sealing.access, columns, name), place(home, name), sealing.values[name]),
      ])
      act.concerns(table, home.id, sha256(...sealed.flat()).toString('hex'))
      return Object.fromEntries(sealed) as { [K in keyof C]: Sealed }
    },

    /** Opens what `access` opens. Takes an act to write it down and a grant to allow it. */
    reveal<R extends Home>(act: Act, row: Granted<Action, R>, access: RecordAccess | undefined): Opened<R, C> {
      const opened = names.map((name) => {
        const value = row[name as unknown as keyof R] as Sealed | null
        const key = access?.key(columns[name].recordClass)
        if (value === null || key === undefined) return [name, null]
        act.noteOpened(`${table}.${name}`, row.id)
        return [name, decryptJson(key, place(row, name), value)]
      })
      return { ...row, ...(Object.fromEntries(opened) as Plain<C>) }
    },

    /** The same for each of the rows, with what the actor's keyrings open of it. */
    async revealEach<R extends Home>(act: Act, rows: readonly Granted<Action, R>[]): Promise<Opened<R, C>[]> {
      const keys = await keysOf(act, rows)
      return rows.map((row) => codec.reveal(act, row, keys.get(row.id)))
    },

    /** The coded facts of each of the rows and no more, whatever else the actor's keyrings open. */
    async revealFacts<R extends Home>(act: Act, rows: readonly Granted<Action, R>[]): Promise<Opened<R, C>[]> {
      const keys = await keysOf(act, rows)
      return rows.map((row) => codec.reveal(act, row, onlyClass(keys.get(row.id), 'facts')))
    },
  }
  return codec
}

const keysOf = (act: Act, rows: readonly { readonly id: Id<string> }[]) =>
  openRecordKeys(
    act,
    rows.map(({ id }) => id),
  )

function needed<C extends Record<string, Column<z.ZodType>>>(
  access: RecordAccess,
  columns: C,
  name: keyof C,
): SecretKey {
  const column = columns[name]
  const key = column && access.key(column.recordClass)
  if (key === undefined) throw new Error(`no key to seal ${String(name)} with`)
  return key
}
