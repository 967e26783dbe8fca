/** Columns that hold one of a few words, numbers or flags, ids, or days: what the server may know, and why it must. */
export const id = 'an opaque id (UUIDv4: it tells no time)'
export const version = 'optimistic locking'
export const sealVersion = 'part of the place that a ciphertext is bound to'
export const day = 'a day, for lists, retention and deadlines'
export const state = 'work states, to find what is to be done'
export const rights = 'rights, which the server enforces; a signature covers them'
export const cost = 'the cost of the passphrase hash, needed before it can be computed'
export const instant = 'when it ends'
export const clock = 'a session’s own clock; the table does not outlive a crash'
export const place = 'part of the place of a share'
export const reference = 'a random word to say on the telephone'
export const trail = 'ids, actions and hashes; the audit test shows that it names nobody'

/** The plain columns of one module, `table.column`, each with the reason why it may be plain. */
export type PlainColumns = Readonly<Record<string, string>>
