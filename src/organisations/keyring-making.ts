import type { Id } from '../platform/kernel/ids.ts'
import {
  createKeyring,
  grantRoot,
  heldKeyring,
  type HeldKeyring,
  type KeyringKind,
} from '../platform/operation/keyrings.ts'
import type { Act } from '../platform/operation/op.ts'
import type { RecordReader } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'

type NewKeyring = {
  readonly organisation_id: Id<'organisations'>
  readonly kind: KeyringKind
  readonly owner_id?: Id<'users'>
}

/** A keyring that the actor makes and is the first to hold. */
export async function makeKeyring(act: Act, keyring: NewKeyring): Promise<HeldKeyring> {
  const { root, ...ref } = await createKeyring(act, keyring)
  await grantRoot(act, ref, { root, to: [act.actor.id] })
  const held = await heldKeyring(act, ref.keyring_id)
  if (held === undefined) throw new Error('a keyring just made is not held')
  act.concerns('keyrings', ref.keyring_id)
  return held
}

type Shared = { readonly organisation_id: Id<'organisations'>; readonly kind: 'coalition' | 'directory' }

/**
 * A shared keyring as the reader of a record that is about to be written. Also those who hold it write to its public
 * half: that is what locks it against a rotation, which would leave the new record behind.
 */
export async function sharedReader(act: Act, keyring: Shared): Promise<RecordReader> {
  const [to] = await writableKeyrings(act, [keyring])
  if (to === undefined) throw new Error('a shared keyring does not exist')
  return { part: 'record', to }
}
