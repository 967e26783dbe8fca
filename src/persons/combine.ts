import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { PersonFacts, PersonIdentity } from './schema.ts'

const MOST = 20
const NOTE_MOST = 2_000

/** Both lists, each text once, as many as there is room for. */
function both<T extends { readonly text: string }>(mine: readonly T[] = [], theirs: readonly T[] = []): T[] {
  const known = new Set(mine.map(({ text }) => text))
  return [...mine, ...theirs.filter(({ text }) => !known.has(text))].slice(0, MOST)
}

/** Who somebody is by two records: what only one has is kept; where both say something, the record that stays is right. */
export const combinedIdentity = (
  mine: Secret<PersonIdentity>,
  theirs: Secret<PersonIdentity>,
): Secret<PersonIdentity> =>
  revealTo(mine, (one) =>
    consult(theirs, (other) => {
      const [contacts, documents] = [both(one.contacts, other.contacts), both(one.documents, other.documents)]
      const note = [one.note, other.note].filter((text) => text !== undefined).join('\n')
      return {
        ...other,
        ...one,
        names: both(one.names, other.names),
        ...(contacts.length > 0 && { contacts }),
        ...(documents.length > 0 && { documents }),
        ...(note !== '' && { note: note.slice(0, NOTE_MOST) }),
      }
    }),
  )

/** A person stays a person: of a group nothing is taken but by hand. */
export const combinedFacts = (mine: Secret<PersonFacts>, theirs: Secret<PersonFacts>): Secret<PersonFacts> =>
  revealTo(mine, (one) =>
    consult(theirs, ({ sort: _sort, count: _count, ...other }) => ({
      ...other,
      ...one,
      ...(one.special_protection !== undefined &&
        other.special_protection !== undefined && {
          special_protection: [...new Set([...one.special_protection, ...other.special_protection])],
        }),
    })),
  )
