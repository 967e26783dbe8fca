import type { Block, DocumentModel } from '../platform/documents/model.ts'
import { wordsIn } from '../platform/documents/words.ts'
import { findTerm } from '../vocabularies/service.ts'
import { eventTable, moneyIn } from './follow-up-events.ts'
import { type FollowUpWords, followUpWords } from './follow-up-words.ts'
import { isSettled } from './reckon-measures.ts'
import type { DecisionLegal, EventLegal, FollowUpLanguage, MeasureLegal, MeasureStatus, Paid } from './schema.ts'
import type { Reply } from './reckon-measures.ts'

/** All that a follow-up submission is made from, opened; events that are void are not in it. */
export type Followed = {
  readonly reference: string
  /** The body, by the name that the reference has for it. */
  readonly body: string
  readonly legal: DecisionLegal
  readonly reply: Reply
  readonly measures: readonly FollowedMeasure[]
  /** Of the decision as a whole. */
  readonly events: readonly EventLegal[]
}
export type FollowedMeasure = MeasureLegal & {
  readonly status: MeasureStatus
  readonly payments: readonly Paid[]
  readonly events: readonly EventLegal[]
}
type Look = { readonly words: FollowUpWords; readonly language: FollowUpLanguage }

const heading = (text: string, level: 0 | 1 | 2 = 1): Block => ({ kind: 'heading', level, text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

/** A label of a coded list; French and Spanish ones do not exist, so English stands there. */
function labelOf(list: 'remedies' | 'countries', code: string, { language }: Look): string {
  const labels = findTerm(list, code)?.labels
  return (language === 'ru' ? labels?.ru : labels?.en) ?? code
}

/** What was ordered, what became of it, and what is left to ask for: from the record alone. */
export function followUpOf(known: Followed, language: FollowUpLanguage): DocumentModel {
  const words = wordsIn(followUpWords, language)
  const look = { words, language }
  return {
    title: words.title,
    language,
    missing: words.missing,
    header: words.confidential,
    footer: known.reference,
    blocks: [
      heading(words.title, 0),
      heading(`1. ${words.decision}`),
      ...decision(known, look),
      heading(`2. ${words.reply}`),
      ...reply(known, look),
      heading(`3. ${words.measures}`),
      ...(known.measures.length === 0 ? [{ kind: 'paragraph', text: null } as const] : []),
      ...known.measures.flatMap((measure, at) => measureBlocks(measure, `3.${String(at + 1)}`, look)),
      ...(known.events.length === 0 ? [] : [heading(words.whole, 2), eventTable(known.events, words)]),
      heading(`4. ${words.payments}`),
      payments(known, look),
      heading(`5. ${words.asked}`),
      { kind: 'list', items: asked(known, look), numbered: true },
      heading(`6. ${words.sign}`),
      {
        kind: 'facts',
        tall: true,
        rows: [
          [words.signed_at, ''],
          [words.signed_on, ''],
          [words.signature, ''],
        ],
      },
    ],
  }
}

function decision({ legal, body }: Followed, look: Look): Block[] {
  const { words } = look
  const table: Block = {
    kind: 'table',
    head: [words.article, words.finding, words.read_with],
    rows: legal.findings.map(({ article, finding, read_with }) => [article, words[finding], read_with.join(', ')]),
  }
  return [
    {
      kind: 'facts',
      rows: [
        [words.reference, legal.symbol ?? null],
        [words.body, body],
        [words.state, labelOf('countries', legal.state, look)],
        [words.adopted, legal.adopted_on],
        [words.transmitted, legal.transmitted_on ?? null],
        [words.published, legal.published_on ?? ''],
      ],
    },
    heading(words.found, 2),
    legal.findings.length === 0 ? { kind: 'paragraph', text: null } : table,
  ]
}

function reply({ reply: { status, due_on }, measures, events }: Followed, { words }: Look): Block[] {
  const replies = [...events, ...measures.flatMap((one) => one.events)].filter(({ event }) => event === 'state_reply')
  return [
    {
      kind: 'facts',
      rows: [
        [words.reply_status, words[status]],
        [words.reply_due, due_on ?? ''],
      ],
    },
    replies.length === 0 ? paragraph(words.no_reply) : eventTable(replies, words),
  ]
}

function measureBlocks(measure: FollowedMeasure, number: string, look: Look): Block[] {
  const { words } = look
  return [
    heading(`${number} ${labelOf('remedies', measure.remedy, look)}`, 2),
    {
      kind: 'facts',
      rows: [
        [words.level, words[measure.level]],
        [words.responsible, measure.responsible ?? null],
        [words.text, measure.text ?? null],
        [words.stands, words[`is_${measure.status}`]],
        ...(measure.waived_because === undefined ? [] : [[words.waived, measure.waived_because] as const]),
      ],
    },
    measure.events.length === 0 ? paragraph(words.nothing) : eventTable(measure.events, words),
  ]
}

function payments({ measures }: Followed, look: Look): Block {
  const { words } = look
  const rows = measures.flatMap((measure) =>
    measure.payments.map((paid) => [
      labelOf('remedies', measure.remedy, look),
      ...[paid.ordered_minor, paid.paid_minor, paid.left_minor].map((minor) => moneyIn(minor, paid.currency)),
    ]),
  )
  if (rows.length === 0) return paragraph(words.no_payments)
  return {
    kind: 'table',
    head: [words.measure, words.ordered, words.paid, words.left],
    widths: [0.4, 0.2, 0.2, 0.2],
    rows,
  }
}

function asked({ reply: { status }, measures }: Followed, look: Look): string[] {
  const { words } = look
  const open = measures.filter((measure) => !isSettled(measure))
  const due = measures.flatMap((measure) => measure.payments).filter(({ left_minor }) => left_minor > 0)
  if (open.length === 0 && due.length === 0 && measures.length > 0) return [words.ask_close]
  return [
    ...(status === 'overdue' || status === 'possibly_overdue' ? [words.ask_reply] : []),
    ...open.map(({ remedy }) => `${words.ask_carry_out}: ${labelOf('remedies', remedy, look)}.`),
    ...due.map(({ left_minor, currency }) => `${words.ask_pay}: ${moneyIn(left_minor, currency)}.`),
    words.ask_open,
  ]
}
