import { consult } from '../platform/crypto/secret.ts'
import type { Op } from '../platform/operation/op.ts'
import { agendaPolicy } from './policy.ts'
import { daysLeft } from './reckon.ts'
import { listMine, revealDeadlines } from './repo.ts'
import type { Agenda } from './schema.ts'

/** Where a zone cannot be read, the eastern-most of ours: its day begins first. */
const ZONE_FIRST = 'Asia/Bishkek'

/** The open deadlines of all cases that one is on the team of, the most urgent first. */
export function readAgenda(op: Op<'deadline.read_agenda'>): Promise<Agenda> {
  return op.act(async (act) => {
    const opened = await revealDeadlines(act, agendaPolicy.grantEach(act, await listMine(act.db, act.actor.id)))
    const items = opened.map((row) => {
      const zone = row.legal === null ? ZONE_FIRST : consult(row.legal, (told) => told.zone)
      const days_left = daysLeft(act.services.now(), { due_on: row.due_on, zone })
      return { ...row, days_left, urgency: urgencyOf(days_left) }
    })
    return { items: items.sort((a, b) => a.days_left - b.days_left) }
  })
}

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
