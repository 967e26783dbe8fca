import type { Of } from '../platform/documents/model.ts'
import type { FollowUpWords } from './follow-up-words.ts'
import type { EventLegal, Paid } from './schema.ts'

/** 12 500.00 TJS: groups of three, which every language of the form reads. */
export function moneyIn(minor: number, currency: Paid['currency']): string {
  const [whole = '', rest = ''] = (minor / 100).toFixed(2).split('.')
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, ' ')}.${rest} ${currency}`
}

/** What happened, by its days. */
export const eventTable = (events: readonly EventLegal[], words: FollowUpWords): Of<'table'> => ({
  kind: 'table',
  head: [words.day, words.event, words.by, words.amount, words.after],
  widths: [0.13, 0.39, 0.18, 0.15, 0.15],
  rows: events.map(({ on, event, body, money, grade, status, note }) => [
    on,
    [words[`on_${event}`], grade?.value, note].filter((part) => part !== undefined).join('. '),
    body ?? '',
    money === undefined ? '' : moneyIn(money.amount_minor, money.currency),
    status === undefined ? '' : words[`is_${status}`],
  ]),
})
