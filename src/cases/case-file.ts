import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { openRecordKeys } from '../platform/operation/record-keys.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { casePolicy } from './policy.ts'
import { type CaseRow, findCase, revealCase } from './repo.ts'
import type { CaseFile } from './schema.ts'
import { findTeams } from './repo-team.ts'

/** The cases as the actor can read them: what no key of the actor's opens is null. */
export async function openFiles(act: Act, found: readonly Granted<Action, CaseRow>[]): Promise<CaseFile[]> {
  const ids = found.map(({ id }) => id)
  const teams = await findTeams(act.db, ids)
  const keys = await openRecordKeys(act, ids)
  return found.map((row) => ({ ...revealCase(act, row, keys.get(row.id)), team: teams.get(row.id) ?? [] }))
}

/** One case with the access it was opened with, for those who go on to seal under it. 404 without a key. */
export async function openFile(
  act: Act,
  found: Granted<Action, CaseRow>,
): Promise<{ file: CaseFile; access: RecordAccess }> {
  const access = (await openRecordKeys(act, [found.id])).get(found.id)
  if (access === undefined) throw new Problem(notFound)
  const teams = await findTeams(act.db, [found.id])
  return { access, file: { ...revealCase(act, found, access), team: teams.get(found.id) ?? [] } }
}

/** The case as its team reads it, for an act that hands on parts of it. 404 for whoever is not on the team. */
export async function readAsTeam(act: Act, id: Id<'cases'>): Promise<CaseFile> {
  // To hand on is to read, whatever the act around it is for.
  const reading = { actor: act.actor, action: 'case.read' } as const
  const found = casePolicy.grant(reading, await findCase(act.db, id, act.actor.id))
  if (found.my_part === null) throw new Problem(notFound)
  return (await openFile(act, found)).file
}
