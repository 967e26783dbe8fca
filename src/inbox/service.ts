import { dayOf } from '../platform/kernel/clock.ts'
import type { Op } from '../platform/operation/op.ts'
import { referralsFor } from '../referrals/service.ts'
import { urgentFor } from '../urgent/service.ts'
import type { Inbox } from './schema.ts'

type Item = Inbox['items'][number]

/** What waits for the actor. Ids, days and states alone: nothing is opened to answer it. */
export async function readInbox(op: Op<'inbox.read'>): Promise<Inbox> {
  const now = op.services.now()
  const [referrals, urgent] = await op.read(async (db) => [
    await referralsFor({ db, actor: op.actor }, dayOf(now)),
    await urgentFor({ db, actor: op.actor }),
  ])
  const items: Item[] = [
    ...urgent.flatMap((row) => urgentItem(op, row)),
    ...referrals.map(({ id, case_id, due_on, step }) => ({
      about: 'referral' as const,
      id,
      case_id,
      next_step: step,
      due: due_on,
      is_overdue: step === 'ask_for_answer' || (step === 'answer_referral' && due_on !== null && due_on < dayOf(now)),
    })),
  ]
  return { items: items.sort((a, b) => pressing(b) - pressing(a)) }
}

type Urgent = Awaited<ReturnType<typeof urgentFor>>[number]

function urgentItem({ actor, services }: Op<'inbox.read'>, row: Urgent): Item[] {
  const item = { about: 'urgent_request' as const, id: row.id, case_id: row.case_id, due: row.due_at.toISOString() }
  const is_overdue = row.status === 'open' && row.due_at < services.now()
  if (row.status === 'open' && actor.roles.includes('coordinator'))
    return [{ ...item, next_step: 'answer_urgent_request', is_overdue }]
  const isNews = row.status === 'answered' && row.is_on_team && row.seen_version < row.version
  return isNews ? [{ ...item, next_step: 'read_urgent_answer', is_overdue }] : []
}

/** What is urgent comes first, then what is overdue. */
const pressing = ({ about, is_overdue }: Item): number => (about === 'urgent_request' ? 2 : 0) + (is_overdue ? 1 : 0)
