import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { rotateKeyring } from '../platform/operation/rotation.ts'
import {
  deleteSeat,
  findCasesKeyedBy,
  findCasesOf,
  findStayers,
  leads,
  type Leaving,
  promoteToLead,
  stepDown,
} from './repo-leaving.ts'
import { bumpVersion, findCaseAtWork, lockCase } from './repo.ts'

export { viewCase, workOnCase, type SeatedCase, type WorkingCase } from './work-on-case.ts'
export { readAsTeam } from './case-file.ts'
export { documentedIn } from './documented.ts'
export { caseAtRest } from './problems.ts'

/** The case an incident may be linked to: the actor is on its team and it is open. It stays so until the act ends. */
export function findCaseForLink(act: Act<'incident.link' | 'incident.triage'>, id: Id<'cases'>) {
  return findCaseAtWork(act, id)
}

/**
 * Takes a user who leaves the organisation off the cases, each of which gets a new key. Answers the cases left as they
 * are, because nobody else could read them: hand those over first.
 */
export async function leaveAllCases(act: Act<Leaving>, userId: Id<'users'>): Promise<Id<'cases'>[]> {
  const kept: Id<'cases'>[] = []
  for (const { case_id, keyring_id } of await findCasesOf(act.db, userId)) {
    await lockCase(act, case_id)
    const stayers = await findStayers(act.db, case_id, userId)
    if (stayers.length === 0) {
      kept.push(case_id)
      continue
    }
    await bumpVersion(act, case_id)
    await deleteSeat(act, case_id, userId)
    await settleLead(act, case_id, stayers)
    await rotateKeyring(
      act,
      keyring_id,
      stayers.map(({ user_id }) => user_id),
    )
  }
  return kept
}

type Stayer = Awaited<ReturnType<typeof findStayers>>[number]

/** Without a lead, the lawyer who has been there longest leads, else the coordinator; a clinician leads no case. */
async function settleLead(act: Act<Leaving>, id: Id<'cases'>, stayers: readonly Stayer[]): Promise<void> {
  if (stayers.some(({ part }) => part === 'lead')) return
  const next =
    stayers.find(({ roles }) => roles.includes('lawyer')) ?? stayers.find(({ roles }) => roles.includes('coordinator'))
  if (next !== undefined) await promoteToLead(act, id, next.user_id)
}

/** Somebody who may lead no more stays on the teams; of what they led, the next lawyer or coordinator takes the lead. */
export async function giveUpLeads(act: Act<Leaving>, userId: Id<'users'>): Promise<void> {
  for (const { case_id } of await findCasesOf(act.db, userId)) {
    await lockCase(act, case_id)
    if (!(await leads(act.db, case_id, userId))) continue
    await bumpVersion(act, case_id)
    await stepDown(act, case_id, userId)
    await settleLead(act, case_id, await findStayers(act.db, case_id, userId))
  }
}

/** A key made by somebody who may make none any more is believed by nobody: those on the team get another. */
export async function replaceKeysOf(act: Act<Leaving>, userId: Id<'users'>): Promise<void> {
  for (const { case_id, keyring_id } of await findCasesKeyedBy(act.db, userId)) {
    await lockCase(act, case_id)
    const team = await findStayers(act.db, case_id, userId)
    if (team.length === 0) continue
    await bumpVersion(act, case_id)
    await rotateKeyring(
      act,
      keyring_id,
      team.map(({ user_id }) => user_id),
    )
  }
}
