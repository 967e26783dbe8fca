import type { Secret } from '../platform/crypto/secret.ts'
import { sha256 } from '../platform/crypto/code.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { openAddress, sealAddress } from './address.ts'

/** One address for each member: a new one takes the place of the old. */
export async function upsertAddress(act: Act<'reminder.set'>, address: Secret): Promise<void> {
  const { id, organisationId } = act.actor
  if (organisationId === null) throw new Error('an account belongs to an organisation')
  const before = await act.db
    .selectFrom('reminders')
    .select('seal_version')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const home = { id, organisation_id: organisationId, seal_version: (before?.seal_version ?? 0) + 1 }
  const sealed = { seal_version: home.seal_version, address: sealAddress(act.services, home, address) }
  act.concerns('reminders', id, sha256(sealed.address).toString('hex'))
  await act.db
    .insertInto('reminders')
    .values({ ...home, ...sealed })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(sealed))
    .execute()
}

/** With the address goes what was sent to it. */
export async function deleteAddress(act: Act<'reminder.stop'>): Promise<void> {
  act.concerns('reminders', act.actor.id)
  await act.db.deleteFrom('reminders').where('id', '=', act.actor.id).execute()
}

export async function hasAddress(db: Reader, id: Id<'users'>): Promise<boolean> {
  return (await db.selectFrom('reminders').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

/** Whoever is a member no more is not written to, and leaves no address behind. */
export async function deleteOfFormerMembers(act: Act<'reminder.send'>): Promise<void> {
  const removed = act.db.selectFrom('members').select('id').where('status', '=', 'removed')
  await act.db.deleteFrom('reminders').where('id', 'in', removed).execute()
}

/** Of what is done there is nothing more to tell; if it is opened again, it is told again. */
export async function deleteOfClosed(act: Act<'reminder.send'>): Promise<void> {
  const closed = act.db.selectFrom('deadlines').select('id').where('status', '!=', 'open')
  await act.db.deleteFrom('reminders_sent').where('deadline_id', 'in', closed).execute()
  const done = act.db.selectFrom('papers').select('id').where('is_done', '=', true)
  await act.db.deleteFrom('reminders_sent_of_tasks').where('paper_id', 'in', done).execute()
}

/** What somebody is reminded of: a deadline of a case, or a task of theirs. */
type Due = {
  readonly user_id: Id<'users'>
  readonly about: { readonly deadline_id: Id<'deadlines'> } | { readonly paper_id: Id<'papers'> }
  readonly due_on: string
}

/** The open deadlines until a day, of the cases of each active member who wants to be reminded; and their own tasks there. */
export async function listOpenUntil(act: Act<'reminder.send'>, day: string): Promise<Due[]> {
  const seats = act.db
    .selectFrom('reminders as r')
    .innerJoin('members as p', 'p.id', 'r.id')
    .innerJoin('case_members as m', 'm.user_id', 'r.id')
    .where('p.status', '=', 'active')
  const deadlines = await seats
    .innerJoin('deadlines as d', 'd.case_id', 'm.case_id')
    .select(['r.id as user_id', 'd.id as deadline_id', 'd.due_on'])
    .where('d.status', '=', 'open')
    .where('d.due_on', '<=', day)
    .execute()
  const tasks = await seats
    .innerJoin('papers as t', (on) => on.onRef('t.case_id', '=', 'm.case_id').onRef('t.assignee_id', '=', 'r.id'))
    .select(['r.id as user_id', 't.id as paper_id', 't.due_on'])
    .where('t.is_done', '=', false)
    .where('t.due_on', '<=', day)
    .execute()
  return [
    ...deadlines.map(({ deadline_id, ...due }) => ({ ...due, about: { deadline_id } })),
    ...tasks.flatMap(({ paper_id, due_on, ...due }) =>
      due_on === null ? [] : [{ ...due, due_on, about: { paper_id } }],
    ),
  ]
}

export async function listSent(act: Act<'reminder.send'>): Promise<Mark[]> {
  const deadlines = await act.db.selectFrom('reminders_sent').selectAll().execute()
  const tasks = await act.db.selectFrom('reminders_sent_of_tasks').selectAll().execute()
  return [
    ...deadlines.map(({ deadline_id, ...mark }) => ({ ...mark, about: { deadline_id } })),
    ...tasks.map(({ paper_id, ...mark }) => ({ ...mark, about: { paper_id } })),
  ]
}

export async function openAddresses(act: Act<'reminder.send' | 'urgent.escalate'>, ids: readonly Id<'users'>[]) {
  if (ids.length === 0) return new Map<Id<'users'>, Secret>()
  const rows = await act.db.selectFrom('reminders').selectAll().where('id', 'in', ids).execute()
  return new Map(
    rows.map((row) => {
      act.noteOpened('reminders.address', row.id)
      return [row.id, openAddress(act.services, row, row.address)]
    }),
  )
}

/** `threshold`: how many days before it; 0 when it was over. */
export type Mark = Due & { readonly threshold: number }

/** Nothing is left to mark when the address was withdrawn while its letter was on the way. */
export async function insertSent(act: Act<'reminder.send'>, user: Id<'users'>, marks: readonly Mark[]): Promise<void> {
  const held = await act.db.selectFrom('reminders').select('id').where('id', '=', user).forUpdate().executeTakeFirst()
  if (held === undefined) return
  act.concerns('reminders', user)
  for (const { about, ...mark } of marks) await insertMark(act, about, mark)
}

/** Nor when the deadline or the task was erased meanwhile. */
async function insertMark(act: Act<'reminder.send'>, about: Due['about'], mark: Omit<Mark, 'about'>): Promise<void> {
  if ('deadline_id' in about) {
    const row = await act.db.selectFrom('deadlines').select('id').where('id', '=', about.deadline_id).executeTakeFirst()
    if (row === undefined) return
    await act.db
      .insertInto('reminders_sent')
      .values({ ...mark, ...about })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return
  }
  const row = await act.db.selectFrom('papers').select('id').where('id', '=', about.paper_id).executeTakeFirst()
  if (row === undefined) return
  await act.db
    .insertInto('reminders_sent_of_tasks')
    .values({ ...mark, ...about })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
