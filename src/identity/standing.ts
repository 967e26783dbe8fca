import type { Actor, MemberRole, Role } from '../platform/access/roles.ts'
import type { UserSecret } from '../platform/crypto/user-secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Services } from '../platform/operation/op.ts'
import { agrees, registerBroken } from '../platform/operation/register-entries.ts'
import { membershipOf, onRegister, pinOf } from '../platform/operation/register.ts'
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

/**
 * Whether somebody is a member as it stands in the database: keys, roles and marks as a coordinator signed them, and no
 * other than the register says now. What was written in by hand has no signature: false. What was signed once and put
 * back has one, and the register tells otherwise: 409. The newest entry is remembered in the secret.
 */
export async function isMember(services: Services, secret: UserSecret, id: Id<'users'>): Promise<boolean> {
  const { anchor } = secret
  if (anchor === null) return false
  return onRegister(services, { anchor, register: secret.register }, async (db, register) => {
    const member = await findListed(db, id)
    if (member === undefined || (await trustedAmong(db, anchor, [id])).size === 0) return false
    if (register.number > 0 && !agrees(register.members.get(id), membershipOf(member)))
      throw new Problem(registerBroken)
    secret.register = pinOf(register)
    return true
  })
}

/** An active member with the public keys that lie beside. */
async function findListed(db: Reader, id: Id<'users'>) {
  const member = await db
    .selectFrom('members as m')
    .innerJoin('users as u', 'u.id', 'm.id')
    .select(['m.id', 'm.organisation_id', 'm.roles', 'm.is_intake', 'm.is_recovery_officer'])
    .select(['u.agreement_key', 'u.signing_key'])
    .where('m.id', '=', id)
    .where('m.status', '=', 'active')
    .executeTakeFirst()
  return member && { ...member, status: 'active' as const }
}

const needSecondFactor: readonly Role[] = ['coordinator', 'lawyer', 'officer']

type Standing = { readonly isConfirmed: boolean; readonly secret: UserSecret; readonly rule: SecondFactorRule }

/** What still keeps an account from full use. */
export function standingOf(roles: readonly Role[], { isConfirmed, secret, rule }: Standing): Actor['standing'] {
  if (!isConfirmed) return 'unconfirmed'
  const mustHave = rule === 'required' && roles.some((role) => needSecondFactor.includes(role))
  return mustHave && secret.totp === null ? 'second_factor_missing' : 'full'
}
