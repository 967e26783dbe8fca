import { Money } from '../assistance/schema.ts'
import type { Certainty, View } from '../reference/schema.ts'
import type { Counted } from './board.ts'
import { paymentsIn, replyTo, statusAfter } from './reckon-measures.ts'
import { MeasureStatus } from './schema.ts'

type Known = { readonly certainty: Certainty; readonly today: string }
type Fact = View['implementation_public_facts'][number]

/** A public decision as far as it is counted. What no public fact speaks of is unknown, and not "not started". */
export function countedOf(view: View, { certainty, today }: Known): Counted {
  const facts = view.implementation_public_facts
  return {
    state: view.state,
    committee: view.committee,
    year: view.adopted_on.slice(0, 4),
    articles: [...new Set((view.articles_violated ?? []).map(({ article }) => article))],
    certainty,
    reply: replyTo(view, { term: termOf(view), isReceived: facts.some(({ event }) => event === 'state_reply') }, today)
      .status,
    measures: (view.remedy_codes ?? []).map((remedy) => {
      const own = facts.filter((fact) => fact.remedy === remedy)
      return {
        remedy,
        status: statusAfter(own.map(dated), 'unknown'),
        payments: paymentsIn(own.flatMap(paymentIn)),
      }
    }),
  }
}

function termOf({ state_reply_due_days, state_reply_due_months }: View) {
  if (state_reply_due_days !== null) return { count: { unit: 'calendar_days' as const, number: state_reply_due_days } }
  if (state_reply_due_months === null) return undefined
  return { count: { unit: 'months' as const, number: state_reply_due_months } }
}

/** The day of a fact is words; its beginning puts the facts in order. */
function dated({ date, status }: Fact) {
  const known = MeasureStatus.safeParse(status)
  return { on: date, ...(known.success && { status: known.data }) }
}

const MINOR = 100

function paymentIn({ event, amount, currency }: Fact) {
  const money = Money.safeParse({
    currency,
    amount_minor: amount === undefined ? undefined : Math.round(amount * MINOR),
  })
  if (!money.success || (event !== 'payment_ordered' && event !== 'payment_made')) return []
  return [
    { event: event === 'payment_made' ? ('payment_made' as const) : ('payment_ordered' as const), money: money.data },
  ]
}
