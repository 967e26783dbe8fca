import { z } from 'zod'
import { memberRoles } from '../platform/access/roles.ts'
import { secretText } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'

/** What a person signs in under. Not a name: it can be guessed by whoever holds the server and its configuration. */
export const Handle = z
  .string()
  .trim()
  .normalize('NFKC')
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{2,63}$/u)
  .meta({ description: '3 to 64 letters, digits, dots, hyphens; not your name', examples: ['k3m9-q7x2'] })

export const Passphrase = secretText(400)

export const SignIn = z.strictObject({
  handle: Handle,
  passphrase: Passphrase,
  code: secretText(20, 6).optional(),
})
export type SignIn = z.output<typeof SignIn>

export const Me = z.object({
  id: idOf('users'),
  organisation_id: idOf('organisations'),
  roles: z.array(z.enum(memberRoles)),
  is_intake: z.boolean(),
  is_recovery_officer: z.boolean(),
  standing: z.enum(['full', 'unconfirmed', 'second_factor_missing']),
  has_second_factor: z.boolean(),
  fingerprint: z.string(),
  anchor: z.string().meta({ description: "The fingerprint of the coalition's founder that this account has pinned" }),
})
export type Me = z.output<typeof Me>

export const SessionReply = z.object({
  access_token: z.string(),
  refresh_token: secretText(400),
  expires_in: z.int(),
  me: Me,
  audit: z
    .enum(['consistent', 'inconsistent', 'not_checked'])
    .meta({ description: 'Whether the audit trail still holds all that this account saw of it at its last sign-in' }),
})

export const Refresh = z.strictObject({ refresh_token: secretText(400) })
export type Refresh = z.output<typeof Refresh>

export const PassphraseChange = z.strictObject({ passphrase: Passphrase, new_passphrase: Passphrase.optional() })
export type PassphraseChange = z.output<typeof PassphraseChange>
export const PassphraseChanged = z.object({ passphrase: Passphrase.nullable() })

export const SecondFactorOffer = z.object({ seed: secretText(64), uri: secretText(400) })
export const SecondFactor = z.strictObject({ passphrase: Passphrase, seed: secretText(64), code: secretText(20, 6) })
export type SecondFactor = z.output<typeof SecondFactor>

export const RecoveryStart = z.strictObject({ handle: Handle })
export type RecoveryStart = z.output<typeof RecoveryStart>
export const RecoveryStarted = z.object({
  code: secretText(64).meta({ description: 'Keep it to yourself: it opens what the officers send back' }),
  fingerprint: z.string().meta({ description: 'Read it to the recovery officers, by voice' }),
  expires_at: z.iso.datetime(),
})

const Recovery = z.object({
  id: idOf('recoveries'),
  user_id: idOf('users'),
  approvals: z.int(),
  threshold: z.int(),
  expires_at: z.iso.datetime(),
})
export const RecoveryList = z.object({ items: z.array(Recovery) })
export const RecoveryApproval = z.strictObject({ fingerprint: z.string().max(60) })
export const RecoveryCompletion = z.strictObject({ code: secretText(64), passphrase: Passphrase.optional() })
export type RecoveryCompletion = z.output<typeof RecoveryCompletion>

export const RecoveryCoverage = z.object({
  threshold: z.int(),
  officers: z.int(),
  members: z.array(z.object({ user_id: idOf('users'), is_covered: z.boolean() })),
})
