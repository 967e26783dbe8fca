import { decryptJson, encryptJson } from '../crypto/box.ts'
import { keyringKeys } from '../crypto/keyring.ts'
import type { Place } from '../crypto/place.ts'
import { consult, Secret, type SecretKey } from '../crypto/secret.ts'
import { keyedHash, sameBytes } from '../crypto/code.ts'
import type { Writer } from '../database/database.ts'
import type { Actor } from '../access/roles.ts'
import { keyReused, Problem } from '../kernel/problem.ts'
import { keysOf, type Unlocked } from './session.ts'

/** An Idempotency-Key with what it stands for: hashes of the key and of the request (`ownHash`), and how the reply travels. */
export type Once<T> = {
  readonly keyHash: Buffer
  readonly requestHash: Buffer
  /** To the wire form, which is what is kept (sealed), and back. */
  encode(reply: T): unknown
  decode(kept: unknown): T
}

/** The same key was committed by another transaction meanwhile: this one is rolled back and answers like the first. */
export class AlreadyDone extends Error {}

type By = { readonly actor: Actor; readonly unlocked: Unlocked | null }

/** What this caller's earlier request under this key answered; undefined when there was none. 422 when it was another request. */
export async function replyKept<T>(by: By, db: Writer, once: Once<T>): Promise<{ reply: T } | undefined> {
  const kept = await db
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'reply'])
    .where('user_id', '=', by.actor.id)
    .where('key_hash', '=', once.keyHash)
    .executeTakeFirst()
  if (kept === undefined) return undefined
  if (!sameBytes(kept.request_hash, once.requestHash)) throw new Problem(keyReused)
  const reply = decryptJson(ownKey(by, 'replies'), placeOf(by.actor, once), kept.reply)
  return { reply: consult(reply, once.decode) }
}

type Reply<T> = { readonly by: By; readonly once: Once<T>; readonly reply: T }

/** Keeps replies, each sealed for its caller alone, in the acts' own transaction. AlreadyDone when one of the keys is taken. */
export async function keepReplies<T>(db: Writer, replies: readonly Reply<T>[]): Promise<void> {
  if (replies.length === 0) return
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('idempotency_keys')
    .values(replies.map(rowOf))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== BigInt(replies.length)) throw new AlreadyDone()
}

const rowOf = <T>({ by, once, reply }: Reply<T>) => ({
  user_id: by.actor.id,
  key_hash: once.keyHash,
  request_hash: once.requestHash,
  reply: encryptJson(ownKey(by, 'replies'), placeOf(by.actor, once), new Secret(once.encode(reply))),
})

/**
 * A hash under a key of the caller's own. A request is a report about people: neither a dump nor the server's
 * configuration may let anybody try out guesses of it. 401 for a caller without keys.
 */
export function ownHash(by: By, text: string): Buffer {
  return keyedHash(ownKey(by, 'requests'), 'once', text)
}

function ownKey(by: By, purpose: 'replies' | 'requests'): SecretKey {
  const { secret, keyrings } = keysOf(by)
  const known = keyrings.get(purpose)
  if (known !== undefined) return known.wrapping
  const keys = keyringKeys(secret.agreement.secret, purpose, 1)
  keyrings.set(purpose, keys)
  return keys.wrapping
}

const placeOf = (actor: Actor, { keyHash }: { keyHash: Buffer }): Place => ({
  organisation: actor.organisationId ?? '',
  table: 'idempotency_keys',
  row: `${actor.id}/${keyHash.toString('hex')}`,
  column: 'reply',
})
