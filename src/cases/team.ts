import type { Granted } from '../platform/access/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notAllowed, notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import { grantRoot, rootOf } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { rotateKeyring, settleKeyrings } from '../platform/operation/rotation.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { casePolicy, mayTakeOff } from './policy.ts'
import { alreadyOnTeam, lastMember, leadMustPass, notEligible, teamFull } from './problems.ts'
import { type CaseRow, claimVersion, findCase } from './repo.ts'
import { type CaseTeam, TEAM_MAX, type TeamAddition, type TeamMember } from './schema.ts'
import {
  deleteMember,
  demoteLead,
  findColleague,
  findTeams,
  insertMember,
  type Removing,
  type TakingOff,
  updatePart,
} from './repo-team.ts'
import { isWalledOff } from './repo-walls.ts'

type AddingAct = Act<'case.add_member'>
type Adding = Granted<'case.add_member', CaseRow>
type Addition = { readonly id: Id<'cases'>; readonly version: number; readonly member: TeamAddition }

/** Takes a colleague onto the team, or makes a member of it the lead. */
export function addMember(op: Op<'case.add_member'>, { id, version, member }: Addition): Promise<CaseTeam> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    if (!(await claimVersion(act, found, version))) throw new Problem(staleVersion)
    act.concerns('users', member.user_id)
    const team = await teamOf(act, id)
    const present = team.find(({ user_id }) => user_id === member.user_id)
    if (await isWalledOff(act.db, id, member.user_id)) throw new Problem(notEligible)
    if (present !== undefined && (present.part === 'lead' || member.part === 'member')) throw new Problem(alreadyOnTeam)
    await mustBeEligible(act, found, member)

    if (member.part === 'lead') await demoteLead(act, found)
    if (present === undefined) await seat(act, found, { member, size: team.length })
    else await updatePart(act, found, member)
    return { id, version: version + 1, team: await teamOf(act, id) }
  })
}

const teamOf = async (act: Act, id: Id<'cases'>): Promise<TeamMember[]> => (await findTeams(act.db, [id])).get(id) ?? []

const parts = { member: ['lawyer', 'clinician', 'coordinator'], lead: ['lawyer', 'coordinator'] }

async function mustBeEligible(act: AddingAct, found: Adding, { user_id, part }: TeamAddition): Promise<void> {
  const colleague = await findColleague(act.db, { user_id, organisation_id: found.organisation_id })
  if (colleague?.status === 'unconfirmed') throw new Problem(keyNotConfirmed)
  const isEligible = colleague?.status === 'active' && colleague.roles.some((role) => parts[part].includes(role))
  if (!isEligible) throw new Problem(notEligible)
}

/** What rotations have left behind is settled first: only the current root is handed on, and it must open everything. */
async function seat(act: AddingAct, found: Adding, { member, size }: { member: TeamAddition; size: number }) {
  if (size >= TEAM_MAX) throw new Problem(teamFull)
  await settleKeyrings(act)
  const held = await rootOf(act, found.keyring_id)
  await grantRoot(act, held, { root: held.root, to: [member.user_id] })
  await insertMember(act, found, member)
}

type Removal = { readonly id: Id<'cases'>; readonly version: number; readonly userId: Id<'users'> }

/** Takes a person off the team and moves the whole case to a new key, which those who stay receive. */
export function removeMember(op: Op<'case.remove_member'>, { id, version, userId }: Removal): Promise<CaseTeam> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    if (!mayTakeOff(act.actor, found, userId)) throw new Problem(notAllowed)
    if (!(await claimVersion(act, found, version))) throw new Problem(staleVersion)
    act.concerns('users', userId)
    const team = await teamOf(act, id)
    const leaver = team.find(({ user_id }) => user_id === userId)
    if (leaver === undefined) throw new Problem(notFound)
    return { id, version: version + 1, team: await unseat(act, found, { leaver, team }) }
  })
}

type Seated = { readonly leaver: TeamMember; readonly team: readonly TeamMember[] }

/** Off the team and out of the key; answers those who stay. */
export async function unseat(act: Act<TakingOff>, found: Removing, { leaver, team }: Seated): Promise<TeamMember[]> {
  const stayers = team.filter((member) => member !== leaver)
  if (stayers.length === 0) throw new Problem(lastMember)
  if (leaver.part === 'lead') throw new Problem(leadMustPass)

  await deleteMember(act, found, leaver.user_id)
  await settleKeyrings(act)
  await rotateKeyring(
    act,
    found.keyring_id,
    stayers.map(({ user_id }) => user_id),
  )
  return stayers
}
