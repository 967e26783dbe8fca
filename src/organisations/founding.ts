import { insertAccount, prepareUser } from '../identity/service.ts'
import type { Actor } from '../platform/access/roles.ts'
import { codeHash, sameBytes } from '../platform/crypto/code.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { sign } from '../platform/crypto/signing.ts'
import { newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import { type Act, begin, type Op, type Services } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { keysOf, unlockedAs } from '../platform/operation/session.ts'
import { enter, membershipOf } from '../platform/operation/register.ts'
import { confirmationParts } from '../platform/operation/trust.ts'
import { makeKeyring } from './keyring-making.ts'
import { setupRefused } from './problems.ts'
import { describeOrganisation, findAnchor, insertCoalition, insertMember, insertOrganisation } from './repo.ts'
import type { Setup } from './schema.ts'
import { ownWords, welcome } from './welcome.ts'

export const founderRoles = ['coordinator', 'administrator'] as const

/** The first start: coalition, first organisation, founder and keyrings, in one act. 403 when the code is wrong or it is done. */
export async function foundCoalition(op: Op<'setup.run'>, setupCode: Secret<string> | null, setup: Setup) {
  const isOver = await op.read((db) => findAnchor(db))
  if (isOver !== undefined || !isSetupCode(op.services, setupCode, setup.code)) {
    await op.witness('failed')
    throw new Problem(setupRefused)
  }
  const organisation_id = newId('organisations')
  const { profile, handle, passphrase } = setup.founder
  const names = ownWords(profile)
  const founder = await prepareUser(op.services, { organisation_id, handle, passphrase, names, anchor: null })
  const actor: Actor = { id: founder.row.id, organisationId: organisation_id, roles: founderRoles, standing: 'full' }
  const unlocked = unlockedAs(newId('sessions'), founder.secret)
  const own = await begin(op.services, { actor, unlocked }, op.action)
  await own.act(async (act) => {
    const coalition = { id: newId('coalitions'), anchor_id: founder.row.id }
    if (!(await insertCoalition(act, coalition))) throw new Problem(setupRefused)
    await insertOrganisation(act, organisation_id)
    await insertAccount(act, founder)
    await furnish(act, setup)
  })
  return welcome(founder)
}

function isSetupCode(services: Services, expected: Secret<string> | null, given: Secret<string>): boolean {
  if (expected === null) return false
  return sameBytes(codeHash(services.pepper, 'setup', expected), codeHash(services.pepper, 'setup', given))
}

/** The founder's membership, self-signed: it is the anchor. Then the keyrings and the names sealed to them. */
async function furnish(act: Act<'setup.run'>, setup: Setup): Promise<void> {
  const { organisationId: organisation_id, id } = act.actor
  if (organisation_id === null) throw new Error('a founder has an organisation')
  const coalition = await makeKeyring(act, { organisation_id, kind: 'coalition' })
  const directory = await makeKeyring(act, { organisation_id, kind: 'directory' })
  await makeKeyring(act, { organisation_id, kind: 'intake' })
  await makeKeyring(act, { organisation_id, kind: 'statistics' })
  await makeKeyring(act, { organisation_id, kind: 'assistance' })
  await makeKeyring(act, { organisation_id, kind: 'personal', owner_id: id })

  const { secret } = keysOf(act)
  const member = { id, organisation_id, roles: [...founderRoles], is_intake: true, is_recovery_officer: false }
  const keys = { agreement_key: secret.agreement.publicKey, signing_key: secret.signing.publicKey }
  const confirmation = sign(secret.signing, ...confirmationParts({ ...member, ...keys }))
  const memberKey = await createRecordKey(act, member, [{ part: 'record', heldAs: directory }])
  await insertMember(
    act,
    { ...member, status: 'active', confirmed_by: id, confirmation },
    { access: memberKey, profile: setup.founder.profile },
  )
  await enter(act, [{ member: membershipOf({ ...member, ...keys, status: 'active' }) }])
  const home = { id: organisation_id, organisation_id }
  const organisationKey = await createRecordKey(act, home, [{ part: 'record', heldAs: coalition }])
  await describeOrganisation(act, organisation_id, { access: organisationKey, profile: setup.organisation })
}
