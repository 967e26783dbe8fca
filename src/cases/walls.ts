import type { Id } from '../platform/kernel/ids.ts'
import { notAllowed, notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { casePolicy, mayTakeOff } from './policy.ts'
import { notEligible } from './problems.ts'
import { claimVersion, findCase } from './repo.ts'
import { findColleague, findTeams } from './repo-team.ts'
import { deleteWall, findWalls, insertWall } from './repo-walls.ts'
import type { CaseWalls } from './schema.ts'
import { unseat } from './team.ts'

type Wall = { readonly id: Id<'cases'>; readonly version: number; readonly userId: Id<'users'> }

/** Keeps a member out of a case, even as coordinator. Whoever is on the team leaves it, and the case gets a new key. */
export function raiseWall(op: Op<'case.raise_wall'>, { id, version, userId }: Wall): Promise<CaseWalls> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    if (!mayTakeOff(act.actor, found, userId)) throw new Problem(notAllowed)
    if (!(await claimVersion(act, found, version))) throw new Problem(staleVersion)
    act.concerns('users', userId)
    const { organisation_id } = found
    if ((await findColleague(act.db, { user_id: userId, organisation_id })) === undefined)
      throw new Problem(notEligible)
    const team = (await findTeams(act.db, [id])).get(id) ?? []
    const leaver = team.find(({ user_id }) => user_id === userId)
    if (leaver !== undefined) await unseat(act, found, { leaver, team })
    await insertWall(act, found, userId)
    return { id, version: version + 1, walls: await findWalls(act.db, id) }
  })
}

export function lowerWall(op: Op<'case.lower_wall'>, { id, version, userId }: Wall): Promise<CaseWalls> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    if (!(await claimVersion(act, found, version))) throw new Problem(staleVersion)
    act.concerns('users', userId)
    if (!(await deleteWall(act, found, userId))) throw new Problem(notFound)
    return { id, version: version + 1, walls: await findWalls(act.db, id) }
  })
}

export function readWalls(op: Op<'case.read_walls'>, id: Id<'cases'>): Promise<CaseWalls> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    return { id, version: found.version, walls: await findWalls(act.db, id) }
  })
}
