import { addressesFor, type Mailer } from '../reminders/service.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { escalateOverdue, listUntold, markMailed } from './repo-escalation.ts'

/** Words alone: nothing of whom, of what or of which case. */
const letters = {
  1: 'Guvoh: срочный запрос ждёт ответа. Войдите в систему.\nGuvoh: an urgent request is waiting. Sign in.\n',
  2: 'Guvoh: срочный запрос просрочен. Войдите в систему.\nGuvoh: an urgent request is overdue. Sign in.\n',
} as const

type Level = keyof typeof letters
type Notice = { readonly level: Level; readonly request: Id<'urgent_requests'>; readonly to: readonly Secret[] }

/** Escalates what is overdue, and gathers whom to write to: the coordinators who left an address. */
export async function gatherNotices(act: Act<'urgent.escalate'>): Promise<Notice[]> {
  await escalateOverdue(act)
  const untold = await listUntold(act)
  const addresses = await addressesFor(act, [...new Set(untold.map(({ user_id }) => user_id))])
  const requests = new Map(untold.map(({ request_id, is_escalated }) => [request_id, is_escalated]))
  return [...requests].map(([request, is_escalated]) => ({
    request,
    level: is_escalated ? 2 : 1,
    to: untold.flatMap(({ request_id, user_id }) => (request_id === request ? (addresses.get(user_id) ?? []) : [])),
  }))
}

/** One letter a person, of the most pressing. Marked once the mail server took one: the others are tried again with it. */
export async function sendNotices(op: Op<'urgent.escalate'>, notices: readonly Notice[], send: Mailer): Promise<void> {
  for (const level of [2, 1] as const) {
    const due = notices.filter((notice) => notice.level === level && notice.to.length > 0)
    const taken = await Promise.all([...new Set(due.flatMap(({ to }) => to))].map((one) => send(one, letters[level])))
    if (!taken.includes(true)) continue
    const ids = due.map(({ request }) => request)
    await op.act((act) => markMailed(act, ids, level))
  }
}
