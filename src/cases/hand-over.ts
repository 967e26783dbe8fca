import { homeOf } from '../platform/access/home.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notAllowed, notFound, Problem } from '../platform/kernel/problem.ts'
import { readableKeyring } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { rotateKeyring, settleKeyrings } from '../platform/operation/rotation.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { notEligible } from './problems.ts'
import { bumpVersion, lockCase } from './repo.ts'
import { deleteSeat, findCasesOf, findStayers, insertSeat, leads, promoteToLead } from './repo-leaving.ts'
import { findColleague } from './repo-team.ts'
import { isWalledOff } from './repo-walls.ts'
import type { HandOver } from './schema.ts'

type Handing = { readonly from: Id<'users'>; readonly to: Id<'users'> }

/**
 * Gives all cases of one member to another, each with a new key, in one act: by the one who leaves, or by a coordinator
 * as far as the coordinator holds their keys. What cannot be given is left as it is, and named.
 */
export function handOver(op: Op<'case.hand_over'>, handing: Handing): Promise<HandOver> {
  return op.act(async (act) => {
    await mustBePossible(act, handing)
    await settleKeyrings(act)
    const handed_over: Id<'cases'>[] = []
    const cases_kept: Id<'cases'>[] = []
    for (const { case_id, keyring_id } of await findCasesOf(act.db, handing.from)) {
      await lockCase(act, case_id)
      const isGiven = await giveCase(act, { case_id, keyring_id }, handing)
      if (isGiven) handed_over.push(case_id)
      else cases_kept.push(case_id)
    }
    return { handed_over, cases_kept }
  })
}

async function mustBePossible(act: Act<'case.hand_over'>, { from, to }: Handing): Promise<void> {
  const organisation_id = homeOf(act.actor)
  if ((await findColleague(act.db, { user_id: from, organisation_id })) === undefined) throw new Problem(notFound)
  if (from !== act.actor.id && !act.actor.roles.includes('coordinator')) throw new Problem(notAllowed)
  act.concerns('users', from)
  act.concerns('users', to)
  const heir = await findColleague(act.db, { user_id: to, organisation_id })
  if (heir === undefined || from === to) throw new Problem(notEligible)
  mustBeAbleToLead(heir)
}

type Colleague = NonNullable<Awaited<ReturnType<typeof findColleague>>>

function mustBeAbleToLead({ status, roles }: Colleague): void {
  if (status === 'unconfirmed') throw new Problem(keyNotConfirmed)
  const canLead = roles.includes('lawyer') || roles.includes('coordinator')
  if (status !== 'active' || !canLead) throw new Problem(notEligible)
}

type Given = { readonly case_id: Id<'cases'>; readonly keyring_id: Id<'keyrings'> }

/** False when the heir must not see the case, or when nobody here has its key to give. */
async function giveCase(
  act: Act<'case.hand_over'>,
  { case_id, keyring_id }: Given,
  { from, to }: Handing,
): Promise<boolean> {
  if (await isWalledOff(act.db, case_id, to)) return false
  if (await isWalledOff(act.db, case_id, act.actor.id)) return false
  if ((await readableKeyring(act, keyring_id)) === undefined) return false
  const isLed = await leads(act.db, case_id, from)
  const stayers = (await findStayers(act.db, case_id, from)).map(({ user_id }) => user_id)
  await bumpVersion(act, case_id)
  await deleteSeat(act, case_id, from)
  if (!stayers.includes(to)) await insertSeat(act, case_id, to)
  if (isLed) await promoteToLead(act, case_id, to)
  await rotateKeyring(act, keyring_id, [...new Set([...stayers, to])])
  return true
}
