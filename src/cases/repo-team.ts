import type { Granted } from '../platform/access/policy.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import type { CaseRow } from './repo.ts'
import type { TeamMember } from './schema.ts'

type Seat = Pick<TeamMember, 'user_id' | 'part'>
type Adding = Granted<'case.add_member', CaseRow>
/** Taking somebody off a team, alone or together with a wall. */
export type TakingOff = 'case.remove_member' | 'case.raise_wall'
export type Removing = Granted<TakingOff, CaseRow>

export async function insertFirstMember(act: Act<'case.open'>, caseId: Id<'cases'>): Promise<void> {
  await act.db
    .insertInto('case_members')
    .values({ case_id: caseId, user_id: act.actor.id, part: 'lead', added_by: act.actor.id })
    .execute()
}

export async function insertMember(act: Act<'case.add_member'>, found: Adding, { user_id, part }: Seat): Promise<void> {
  await act.db.insertInto('case_members').values({ case_id: found.id, user_id, part, added_by: act.actor.id }).execute()
}

export async function updatePart(act: Act<'case.add_member'>, found: Adding, { user_id, part }: Seat): Promise<void> {
  await act.db
    .updateTable('case_members')
    .set({ part })
    .where('case_id', '=', found.id)
    .where('user_id', '=', user_id)
    .execute()
}

/** The lead, if there is one, becomes a member like the others. */
export async function demoteLead(act: Act<'case.add_member'>, found: Adding): Promise<void> {
  await act.db
    .updateTable('case_members')
    .set({ part: 'member' })
    .where('case_id', '=', found.id)
    .where('part', '=', 'lead')
    .execute()
}

export async function deleteMember(act: Act<TakingOff>, found: Removing, userId: Id<'users'>): Promise<void> {
  await act.db.deleteFrom('case_members').where('case_id', '=', found.id).where('user_id', '=', userId).execute()
}

/** The teams of these cases, each in order of coming, by case id. */
export async function findTeams(db: Reader, ids: readonly Id<'cases'>[]): Promise<Map<Id<'cases'>, TeamMember[]>> {
  const teams = new Map<Id<'cases'>, TeamMember[]>(ids.map((id) => [id, []]))
  if (ids.length === 0) return teams
  const rows = await db
    .selectFrom('case_members')
    .select(['case_id', 'user_id', 'part', 'added_on'])
    .where('case_id', 'in', ids)
    .orderBy('added_on')
    .orderBy('user_id')
    .execute()
  for (const { case_id, ...member } of rows) teams.get(case_id)?.push(member)
  return teams
}

/** Who of an organisation could be asked onto a team. The roles stand under the signature that `grantRoot` checks. */
export function findColleague(
  db: Reader,
  { user_id, organisation_id }: { user_id: Id<'users'>; organisation_id: Id<'organisations'> },
) {
  return db
    .selectFrom('members')
    .select(['id', 'roles', 'status'])
    .where('id', '=', user_id)
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst()
}
