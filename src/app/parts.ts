import type { ErasureParts } from '../erasure/parts.ts'
import type { EvidenceParts } from '../evidence/parts.ts'
import type { IdentityParts } from '../identity/parts.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { SigningKey } from '../platform/crypto/signing.ts'
import type { Mailer } from '../reminders/mailer.ts'

/** What routes and jobs are composed of. */
export type Parts = {
  readonly identity: IdentityParts
  /** The one-time code of the first start; null once the coalition stands. */
  readonly setupCode: Secret | null
  /** Signs audit checkpoints. */
  readonly signer: SigningKey
  /** Where the files of evidence lie, and who looks through them. */
  readonly evidence: EvidenceParts
  readonly erasure: ErasureParts
  /** Sends a letter; null when no mail server is set. */
  readonly mailer: Mailer | null
}
