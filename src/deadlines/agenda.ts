import { readTasksDue } from '../papers/service.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import type { Op } from '../platform/operation/op.ts'
import { agendaPolicy } from './policy.ts'
import { daysLeft } from './reckon.ts'
import { listMine, revealDeadlines } from './repo.ts'
import type { Agenda, DeadlineLegal } from './schema.ts'

/** Where a zone cannot be read, the eastern-most of ours: its day begins first. */
const ZONE_FIRST = 'Asia/Bishkek'

/** The open deadlines of all cases that one is on the team of, and one's tasks in them, the most urgent first. */
export function readAgenda(op: Op<'deadline.read_agenda'>): Promise<Agenda> {
  return op.act(async (act) => {
    const opened = await revealDeadlines(act, agendaPolicy.grantEach(act, await listMine(act.db, act.actor.id)))
    const now = act.services.now()
    const items = opened.map((row) => urgent(row, now, row.legal === null ? ZONE_FIRST : zoneIn(row.legal)))
    const tasks = (await readTasksDue(act)).map((task) => urgent(task, now, ZONE_FIRST))
    return { items: items.sort(byUrgency), tasks: tasks.sort(byUrgency) }
  })
}

const zoneIn = (legal: Secret<DeadlineLegal>): string => consult(legal, ({ zone }) => zone)

function urgent<R extends { readonly due_on: string }>(row: R, now: Date, zone: string) {
  const days_left = daysLeft(now, { due_on: row.due_on, zone })
  return { ...row, days_left, urgency: urgencyOf(days_left) }
}

const byUrgency = (one: { days_left: number }, other: { days_left: number }): number => one.days_left - other.days_left

function urgencyOf(days: number): Agenda['items'][number]['urgency'] {
  if (days < 0) return 'overdue'
  const steps = [
    [1, 'day'],
    [7, 'week'],
    [14, 'fortnight'],
    [30, 'month'],
  ] as const
  return steps.find(([most]) => days <= most)?.[1] ?? 'later'
}
