import type { Actor } from '../platform/access/roles.ts'
import { fingerprint } from '../platform/crypto/signing.ts'
import type { UserSecret } from '../platform/crypto/user-secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Op, Services } from '../platform/operation/op.ts'
import { keysOf } from '../platform/operation/session.ts'
import { isMember, rolesOf, type SecondFactorRule, standingOf } from './standing.ts'
import type { Me } from './schema.ts'

export type MemberRow = NonNullable<Awaited<ReturnType<typeof findMember>>>

/** What an account is in its organisation. */
export function findMember(db: Reader, id: Id<'users'>) {
  return db
    .selectFrom('members')
    .select(['id', 'organisation_id', 'roles', 'is_intake', 'is_recovery_officer', 'status'])
    .where('id', '=', id)
    .executeTakeFirst()
}

type Account = { readonly member: MemberRow; readonly secret: UserSecret; readonly rule: SecondFactorRule }

/** The actor that an account is now, and the account as its owner sees it. */
export async function describeAccount(services: Services, { member, secret, rule }: Account) {
  const isConfirmed = member.status === 'active' && (await isMember(services, secret, member.id))
  const roles = rolesOf(member)
  const standing = standingOf(roles, { isConfirmed, secret, rule })
  const actor: Actor = { id: member.id, organisationId: member.organisation_id, roles, standing }
  return { actor, me: meOf(member, { secret, standing }) }
}

/** The caller's own account. */
export async function readMe(op: Op<'account.read'>): Promise<Me> {
  const member = await op.read((db) => findMember(db, op.actor.id))
  if (member === undefined) throw new Problem(notFound)
  return meOf(member, { secret: keysOf(op).secret, standing: op.actor.standing })
}

function meOf(member: MemberRow, own: { secret: UserSecret; standing: Actor['standing'] }): Me {
  const { secret, standing } = own
  const { id, organisation_id, roles, is_intake, is_recovery_officer } = member
  return {
    id,
    organisation_id,
    roles,
    is_intake,
    is_recovery_officer,
    standing,
    has_second_factor: secret.totp !== null,
    fingerprint: fingerprint(secret.agreement.publicKey, secret.signing.publicKey),
    anchor: secret.anchor ?? '',
  }
}
