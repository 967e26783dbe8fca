import type { Secret } from '../platform/crypto/secret.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { FARTHEST, letterOf, thresholdOf } from './letter.ts'
import type { Mailer } from './mailer.ts'
import { mailNotConfigured } from './problems.ts'
import {
  deleteAddress,
  deleteOfClosed,
  deleteOfFormerMembers,
  hasAddress,
  insertSent,
  listOpenUntil,
  listSent,
  type Mark,
  openAddresses,
  upsertAddress,
} from './repo.ts'
import type { NewReminders, Reminders } from './schema.ts'

export type { Mailer } from './mailer.ts'

/** The addresses of those of the members who left one, for another job that writes to them. */
export const addressesFor = (
  act: Act<'urgent.escalate'>,
  ids: readonly Id<'users'>[],
): Promise<Map<Id<'users'>, Secret>> => openAddresses(act, ids)

export type ReminderParts = { readonly sendsMail: boolean }

/** Deposits an address. A pseudonymous one is better: who holds database and configuration can read it. */
export function setReminders(
  op: Op<'reminder.set'>,
  { address }: NewReminders,
  { sendsMail }: ReminderParts,
): Promise<Reminders> {
  return op.act(async (act) => {
    if (!sendsMail) throw new Problem(mailNotConfigured)
    await upsertAddress(act, address)
    return { is_set: true }
  })
}

export function stopReminders(op: Op<'reminder.stop'>): Promise<void> {
  return op.act((act) => deleteAddress(act))
}

export async function readReminders(op: Op<'reminder.read'>): Promise<Reminders> {
  return { is_set: await op.read((db) => hasAddress(db, op.actor.id)) }
}

const DAY_SECONDS = 86_400

/** Whole days between two calendar days. When the job runs it is the same day in UTC and in all of Central Asia. */
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / (DAY_SECONDS * 1000)

const nameOf = ({ user_id, about, due_on, threshold }: Mark) =>
  [user_id, 'deadline_id' in about ? about.deadline_id : about.paper_id, due_on, String(threshold)].join('/')

type Letter = { readonly user: Id<'users'>; readonly address: Secret; readonly marks: readonly Mark[] }

/** What each member is to be told today and was not told yet. */
export async function gatherLetters(act: Act<'reminder.send'>): Promise<Letter[]> {
  await deleteOfFormerMembers(act)
  await deleteOfClosed(act)
  const fresh = await listFresh(act)
  const byUser = new Map<Id<'users'>, Mark[]>()
  for (const mark of fresh) byUser.set(mark.user_id, [...(byUser.get(mark.user_id) ?? []), mark])
  const addresses = await openAddresses(act, [...byUser.keys()])
  return [...byUser].flatMap(([user, marks]) => {
    const address = addresses.get(user)
    return address === undefined ? [] : [{ user, address, marks }]
  })
}

async function listFresh(act: Act<'reminder.send'>): Promise<Mark[]> {
  const now = act.services.now()
  const rows = await listOpenUntil(act, dayOf(secondsAfter(now, FARTHEST * DAY_SECONDS)))
  const sent = new Set((await listSent(act)).map(nameOf))
  const marks = rows.flatMap((row) => {
    const threshold = thresholdOf(daysBetween(dayOf(now), row.due_on))
    return threshold === undefined ? [] : [{ ...row, threshold }]
  })
  return marks.filter((mark) => !sent.has(nameOf(mark)))
}

/** Marked once the mail server took it: what it did not take is told at the next run. */
export async function sendLetters(op: Op<'reminder.send'>, letters: readonly Letter[], send: Mailer): Promise<void> {
  for (const { user, address, marks } of letters) {
    const isTaken = await send(address, letterOf(marks.map(({ threshold }) => threshold)))
    if (isTaken) await op.act((act) => insertSent(act, user, marks))
  }
}
