import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

/** What makes somebody leave cases: the end of a membership, of the roles that work on them, or a hand-over. */
export type Leaving = 'member.remove' | 'member.change' | 'case.hand_over'

/** The cases that a user is on the team of, with the others there. */
export async function findCasesOf(db: Reader, userId: Id<'users'>) {
  const rows = await db
    .selectFrom('case_members as mine')
    .innerJoin('cases as c', 'c.id', 'mine.case_id')
    .leftJoin('case_members as other', (on) => on.onRef('other.case_id', '=', 'c.id').on('other.user_id', '!=', userId))
    .select(['c.id as case_id', 'c.keyring_id', 'other.user_id'])
    .where('mine.user_id', '=', userId)
    .orderBy('c.id')
    .execute()
  const cases = new Map<
    Id<'cases'>,
    { case_id: Id<'cases'>; keyring_id: Id<'keyrings'>; other_members: Id<'users'>[] }
  >()
  for (const { case_id, keyring_id, user_id } of rows) {
    const known = cases.get(case_id) ?? { case_id, keyring_id, other_members: [] }
    if (user_id !== null) known.other_members.push(user_id)
    cases.set(case_id, known)
  }
  return [...cases.values()]
}

/** Those who stay when a user leaves, the longest on the team first. */
export function findStayers(db: Reader, caseId: Id<'cases'>, userId: Id<'users'>) {
  return db
    .selectFrom('case_members as c')
    .innerJoin('members as m', 'm.id', 'c.user_id')
    .select(['c.user_id', 'c.part', 'm.roles'])
    .where('c.case_id', '=', caseId)
    .where('c.user_id', '!=', userId)
    .orderBy('c.added_on')
    .orderBy('c.user_id')
    .execute()
}

export async function deleteSeat(act: Act<Leaving>, caseId: Id<'cases'>, userId: Id<'users'>): Promise<void> {
  await act.db.deleteFrom('case_members').where('case_id', '=', caseId).where('user_id', '=', userId).execute()
}

export async function insertSeat(act: Act<'case.hand_over'>, caseId: Id<'cases'>, userId: Id<'users'>): Promise<void> {
  await act.db
    .insertInto('case_members')
    .values({ case_id: caseId, user_id: userId, part: 'member', added_by: act.actor.id })
    .execute()
}

export async function promoteToLead(act: Act<Leaving>, caseId: Id<'cases'>, userId: Id<'users'>): Promise<void> {
  await act.db
    .updateTable('case_members')
    .set({ part: 'lead' })
    .where('case_id', '=', caseId)
    .where('user_id', '=', userId)
    .execute()
}

/** The cases whose present key a user has made, whoever is on their teams. */
export function findCasesKeyedBy(db: Reader, userId: Id<'users'>) {
  return db
    .selectFrom('cases as c')
    .innerJoin('keyrings as k', 'k.id', 'c.keyring_id')
    .innerJoin('keyring_versions as v', (on) =>
      on.onRef('v.keyring_id', '=', 'k.id').onRef('v.version', '=', 'k.version'),
    )
    .select(['c.id as case_id', 'c.keyring_id'])
    .where('v.signed_by', '=', userId)
    .orderBy('c.id')
    .execute()
}

/** The lead of a case becomes a member like the others. */
export async function stepDown(act: Act<Leaving>, caseId: Id<'cases'>, userId: Id<'users'>): Promise<void> {
  await act.db
    .updateTable('case_members')
    .set({ part: 'member' })
    .where('case_id', '=', caseId)
    .where('user_id', '=', userId)
    .execute()
}

export async function leads(db: Reader, caseId: Id<'cases'>, userId: Id<'users'>): Promise<boolean> {
  const lead = await db
    .selectFrom('case_members')
    .select('user_id')
    .where('case_id', '=', caseId)
    .where('user_id', '=', userId)
    .where('part', '=', 'lead')
    .executeTakeFirst()
  return lead !== undefined
}
