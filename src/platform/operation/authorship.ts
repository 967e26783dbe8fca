import type { MemberRole } from '../access/roles.ts'
import { sign, verify } from '../crypto/signing.ts'
import type { Tables } from '../database/tables.gen.ts'
import type { Id } from '../kernel/ids.ts'
import type { Act } from './op.ts'
import { anchorOf, keysOf } from './session.ts'
import { trustedAmong } from './trust.ts'

/** A sealed row as its author signs it: its place, what it is about, and the hash of its ciphertext. */
export type Writing = {
  readonly table: keyof Tables
  readonly id: Id<string>
  readonly organisation_id: Id<'organisations'>
  readonly seal_version: number
  readonly about: Id<string>
  readonly ciphertext_sha256: string
}

const partsOf = (writing: Writing): (string | number)[] => {
  const { table, organisation_id, id, seal_version, about, ciphertext_sha256 } = writing
  return ['written1', table, organisation_id, id, seal_version, about, ciphertext_sha256]
}

/** The actor's signature: anybody can seal to a public key, so a seal alone does not tell who wrote. */
export const signWriting = (act: Act, writing: Writing): Buffer => sign(keysOf(act).secret.signing, ...partsOf(writing))

/** A signature that is not there and one that does not hold are the same to a reader: do not rely on who wrote it. */
export type AuthorSignature = 'valid' | 'missing'

type Signed = Writing & { readonly signed_by: Id<'users'> | null; readonly signature: Buffer | null }

/** Which of these carry the signature of whom they name: of a key confirmed up to the anchor, at home where they lie, and in `role` if one is asked for. */
export async function checkAuthors(
  act: Act,
  writings: readonly Signed[],
  role?: MemberRole,
): Promise<ReadonlyMap<string, AuthorSignature>> {
  const named = new Set(writings.flatMap(({ signed_by }) => (signed_by === null ? [] : [signed_by])))
  const authors = await trustedAmong(act.db, anchorOf(act), [...named])
  const holds = ({ signed_by, signature, ...writing }: Signed) => {
    const author = signed_by === null ? undefined : authors.get(signed_by)
    if (author === undefined || signature === null || author.organisation_id !== writing.organisation_id) return false
    if (role !== undefined && !author.roles.includes(role)) return false
    return verify(author.signing, signature, ...partsOf(writing))
  }
  return new Map(writings.map((one) => [one.id, holds(one) ? 'valid' : 'missing']))
}
