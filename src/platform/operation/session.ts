import type { Actor } from '../access/roles.ts'
import type { KeyringKeys, RecordClass } from '../crypto/keyring.ts'
import type { SecretKey } from '../crypto/secret.ts'
import type { UserSecret } from '../crypto/user-secret.ts'
import type { Id } from '../kernel/ids.ts'
import { notSignedIn, Problem } from '../kernel/problem.ts'

/** The keys of one signed-in person, in memory only while the session lives. */
export type Unlocked = {
  readonly sessionId: Id<'sessions'>
  readonly secret: UserSecret
  /** Keyrings opened so far, by `id/version`. */
  readonly keyrings: Map<string, KeyringKeys>
  /** Record keys opened lately, by the wrap that each was opened from. */
  readonly records: Map<string, RecordAccess>
}

/** The key of one record, or those of its classes that the reader has been given. */
export type RecordAccess = { key(recordClass: RecordClass): SecretKey | undefined }

/** A session with nothing opened yet but the person's own secret. */
export const unlockedAs = (sessionId: Id<'sessions'>, secret: UserSecret): Unlocked => ({
  sessionId,
  secret,
  keyrings: new Map(),
  records: new Map(),
})

/** Who calls, and with which keys; a job and somebody not signed in have none. */
export type Caller = { readonly actor: Actor; readonly unlocked: Unlocked | null }

/** The keys of the caller. A job or a stranger has none: 401. */
export function keysOf({ unlocked }: { readonly unlocked: Unlocked | null }): Unlocked {
  if (unlocked === null) throw new Problem(notSignedIn)
  return unlocked
}

/** The coalition's founder, as pinned in the caller's own sealed secret. All trust in others' keys starts here. */
export function anchorOf(caller: { readonly unlocked: Unlocked | null }): string {
  const { anchor } = keysOf(caller).secret
  if (anchor === null) throw new Error('a signed-in account has pinned no anchor')
  return anchor
}
