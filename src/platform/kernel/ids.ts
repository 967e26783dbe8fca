import { z } from 'zod'

/** The id of a row in table `T`: a random UUID (v4), which tells no time. Ids of different tables cannot be mixed up. */
export type Id<T extends string> = string & z.$brand<T>

/** The wire form of an id: a UUID in lower case, so that one row has one name. */
export const idOf = <T extends string>(table: T) =>
  z
    .uuid()
    .lowercase()
    .meta({ description: `The id of one of the ${table}` })
    .brand<T>()

/** A fresh random id for a row of `table`. */
export const newId = <T extends string>(_table: T) => globalThis.crypto.randomUUID() as Id<T>

/** The actor of what nobody signed in for: sign-in itself, set-up, an invitation, a recovery. */
export const nobodyId = '00000000-0000-4000-8000-000000000000' as Id<'users'>
