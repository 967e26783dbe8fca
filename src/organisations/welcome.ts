import type { z } from 'zod'
import type { PreparedUser } from '../identity/service.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { fingerprint } from '../platform/crypto/signing.ts'
import type { MemberProfile } from './schema.ts'

/** What must not be part of a new account's passphrase. */
export const ownWords = (profile: Secret<z.output<typeof MemberProfile>>): string[] =>
  consult(profile, ({ name, email }) => (email === null ? [name] : [name, email]))

/** What a new account is told, once. */
export const welcome = ({ row, handle, passphrase, secret }: PreparedUser) => ({
  user_id: row.id,
  organisation_id: row.organisation_id,
  handle,
  passphrase,
  fingerprint: fingerprint(secret.agreement.publicKey, secret.signing.publicKey),
  anchor: secret.anchor ?? '',
})
