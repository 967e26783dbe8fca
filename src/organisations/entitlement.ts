import type { MemberRole } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import { grantRoot, heldKeyring, type KeyringKind, rootOf } from '../platform/operation/keyrings.ts'
import type { Act } from '../platform/operation/op.ts'
import { rotateKeyring } from '../platform/operation/rotation.ts'
import { enter, membersAmong } from '../platform/operation/register.ts'
import { lastReader } from './problems.ts'
import { beginRegister } from './register.ts'
import { helpers, listEntitled, lockSharedKeyrings, type SharedKeyring } from './repo-keyrings.ts'

export type Membership = { readonly roles: readonly MemberRole[]; readonly is_intake: boolean }

/** Which shared keyrings somebody of these roles and marks should hold. */
export function keyringsOf({ roles, is_intake }: Membership): readonly KeyringKind[] {
  const kinds: KeyringKind[] = ['coalition', 'directory']
  if (is_intake) kinds.push('intake')
  if (roles.includes('coordinator')) kinds.push('statistics')
  if (roles.some((role) => helpers.includes(role))) kinds.push('assistance')
  return kinds
}

/** Whether the public half of a shared keyring is believed when somebody of these roles has signed it. */
export const maySignShared = ({ roles }: Pick<Membership, 'roles'>): boolean =>
  roles.includes('coordinator') || roles.includes('administrator')

/**
 * Gives roots that the actor holds to confirmed members who should have them and do not yet. The keyrings are locked
 * against rotation first: whoever is being removed must not be given the new root by somebody who still saw them.
 */
export async function grantDue(act: Act): Promise<void> {
  await beginRegister(act)
  for (const keyring of await lockSharedKeyrings(act, 'share')) {
    const due = await trusted(act, await listEntitled(act.db, keyring, { without_grant: true }))
    if (due.length === 0 || (await heldKeyring(act, keyring.id)) === undefined) continue
    const { root, ...ref } = await rootOf(act, keyring.id)
    await grantRoot(act, ref, { root, to: due })
    for (const id of due) act.concerns('keyring_grants', id)
  }
}

/**
 * Gives a new root to those shared keyrings that `isLost` picks, for those who should still have it: members whose rows
 * were changed before. The keyrings are locked first, so that of two at once the second sees whom the first took away.
 * 409 last-reader when nobody would be left who could read.
 */
export async function rotateAway(act: Act, isLost: (keyring: SharedKeyring) => boolean): Promise<void> {
  for (const keyring of (await lockSharedKeyrings(act, 'rotate')).filter(isLost)) {
    const stayers = await trusted(act, await listEntitled(act.db, keyring, { without_grant: false }))
    if (stayers.length === 0) throw new Problem(lastReader)
    await rotateKeyring(act, keyring.id, stayers)
    const { id, organisation_id, kind, version } = keyring
    await enter(act, [{ keyring: { id, organisation_id, kind, version: version + 1 } }])
  }
}

const trusted = async (act: Act, ids: readonly Id<'users'>[]) => [...(await membersAmong(act, ids)).keys()]
