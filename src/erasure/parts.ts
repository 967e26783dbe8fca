import type { SigningKey } from '../platform/crypto/signing.ts'
import type { Id } from '../platform/kernel/ids.ts'

/** What erasure reaches outside the database. */
export type ErasureParts = {
  /** Takes the pieces of a file out of the store; nothing when there are none. */
  readonly removeFile: (blob: Id<string>) => Promise<void>
  /** Signs the lines of the register. */
  readonly signer: SigningKey
  /** Where the register lies: beside the keys, outside the database. */
  readonly register: string
}
