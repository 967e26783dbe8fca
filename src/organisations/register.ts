import { fingerprint } from '../platform/crypto/signing.ts'
import type { Act } from '../platform/operation/op.ts'
import { enter, membersAmong, membershipOf, registerIn } from '../platform/operation/register.ts'
import { anchorOf, keysOf } from '../platform/operation/session.ts'
import { listMembers } from './repo.ts'
import { listRotated } from './repo-keyrings.ts'

/** An installation that is older than the register gets it when its founder signs in: as things stand, checked and signed. */
export async function beginRegister(act: Act): Promise<void> {
  const { agreement, signing } = keysOf(act).secret
  if (fingerprint(agreement.publicKey, signing.publicKey) !== anchorOf(act)) return
  if ((await registerIn(act)).number > 0) return
  const members = await listMembers(act.db, { status: 'active' })
  const confirmed = await membersAmong(
    act,
    members.map(({ id }) => id),
  )
  const listed = members.filter(({ id }) => confirmed.has(id))
  const rotated = await listRotated(act.db)
  await enter(act, [
    ...listed.map((member) => ({ member: membershipOf({ ...member, status: 'active' }) })),
    ...rotated.map((keyring) => ({ keyring })),
  ])
}
