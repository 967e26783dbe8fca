import type { Actor, MemberRole, Role } from '../platform/access/roles.ts'
import type { UserSecret } from '../platform/crypto/user-secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { trustedAmong } from '../platform/operation/trust.ts'

/** Whether coordinators, lawyers and recovery officers must have a second factor before they can do anything. */
export type SecondFactorRule = 'required' | 'optional'

type Marked = {
  readonly roles: readonly MemberRole[]
  readonly is_intake: boolean
  readonly is_recovery_officer: boolean
}

/** Roles with the marks that count as roles. */
export function rolesOf(member: Marked): Role[] {
  const marks: Role[] = []
  if (member.is_intake) marks.push('intake')
  if (member.is_recovery_officer) marks.push('officer')
  return [...member.roles, ...marks]
}

/** True when keys, roles and marks are those that a coordinator signed: what was written into the database by hand is not. */
export async function isTrusted(db: Reader, { anchor }: UserSecret, id: Id<'users'>): Promise<boolean> {
  return anchor !== null && (await trustedAmong(db, anchor, [id])).size === 1
}

const needSecondFactor: readonly Role[] = ['coordinator', 'lawyer', 'officer']

type Standing = { readonly isConfirmed: boolean; readonly secret: UserSecret; readonly rule: SecondFactorRule }

/** What still keeps an account from full use. */
export function standingOf(roles: readonly Role[], { isConfirmed, secret, rule }: Standing): Actor['standing'] {
  if (!isConfirmed) return 'unconfirmed'
  const mustHave = rule === 'required' && roles.some((role) => needSecondFactor.includes(role))
  return mustHave && secret.totp === null ? 'second_factor_missing' : 'full'
}
