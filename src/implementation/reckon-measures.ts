import { lastDay } from '../deadlines/service.ts'
import type { DeadlineRule } from '../reference/schema.ts'
import type { DecisionLegal, EventLegal, MeasureLegal, MeasureStatus, Paid, ReplyStatus } from './schema.ts'

const byDay = <E extends { readonly on: string }>(events: readonly E[]): E[] =>
  events.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))

/** How a measure stands: as the last event that says so left it. */
export function statusAfter(
  events: readonly Pick<EventLegal, 'on' | 'status'>[],
  otherwise: MeasureStatus,
): MeasureStatus {
  return byDay(events).findLast(({ status }) => status !== undefined)?.status ?? otherwise
}

/** In these nothing more can be done of it. */
const final: readonly MeasureStatus[] = ['implemented', 'no_longer_possible']

type Standing = Pick<MeasureLegal, 'waived_because'> & {
  readonly status: MeasureStatus
  readonly payments: readonly Paid[]
}

/** Whether nobody waits for anything of a measure: it is carried out and paid, cannot be, or is pursued no more. */
export const isSettled = ({ status, payments, waived_because }: Standing): boolean =>
  waived_because !== undefined || (final.includes(status) && payments.every(({ left_minor }) => left_minor === 0))

type Payment = Pick<EventLegal, 'event' | 'money'>

/** What was ordered and paid, currency by currency in the order of their codes. What is paid beyond the order leaves nothing, not less. */
export function paymentsIn(events: readonly Payment[]): Paid[] {
  const totals = new Map<Paid['currency'], { ordered: number; paid: number }>()
  for (const { event, money } of events) {
    if (money === undefined) continue
    const { ordered, paid } = totals.get(money.currency) ?? { ordered: 0, paid: 0 }
    const isOrder = event === 'payment_ordered'
    totals.set(money.currency, {
      ordered: ordered + (isOrder ? money.amount_minor : 0),
      paid: paid + (isOrder ? 0 : money.amount_minor),
    })
  }
  return [...totals]
    .map(([currency, { ordered, paid }]) => ({
      currency,
      ordered_minor: ordered,
      paid_minor: paid,
      left_minor: Math.max(0, ordered - paid),
    }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
}

export type Reply = { readonly status: ReplyStatus; readonly due_on: string | null }
type Asked = Pick<DecisionLegal, 'adopted_on' | 'transmitted_on'>
type Term = Pick<DeadlineRule, 'count'> | undefined

const noCalendar = { weekend: [], every_year: [], days_off: [] }

/** Whether the State has replied in its term, which runs from the transmittal. Without that day it is only possibly over. */
export function replyTo(
  { adopted_on, transmitted_on }: Asked,
  { term, isReceived }: { readonly term: Term; readonly isReceived: boolean },
  today: string,
): Reply {
  if (term === undefined) return { status: isReceived ? 'received' : 'no_term', due_on: null }
  const due = lastDay(transmitted_on ?? adopted_on, { ...term, end: 'stays' }, noCalendar)
  const due_on = transmitted_on === undefined ? null : due
  if (isReceived) return { status: 'received', due_on }
  if (today <= due) return { status: 'awaited', due_on }
  return { status: transmitted_on === undefined ? 'possibly_overdue' : 'overdue', due_on }
}
