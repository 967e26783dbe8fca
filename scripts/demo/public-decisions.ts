import { authorOf, victimsOf } from './decision-people.ts'
import { detailsOf, kindOf } from './decision-kind.ts'
import type { View } from './views.ts'
import type { Vocabularies } from './vocabularies.ts'

/** How sure a reading is, from how the list of articles is known. */
const certaintyOf = { sourced: 'high', partly_sourced: 'medium', unverified: 'low', not_found: 'low' } as const
const validityOf = {
  sourced: 'confirmed',
  partly_sourced: 'probably_true',
  unverified: 'not_assessed',
  not_found: 'not_assessed',
} as const

/** A decision as a monitor reports it: what the decision does not say is left out, or said to be unknown. */
export function reportOf(view: View, vocabularies: Vocabularies) {
  const kind = kindOf(view)
  const victims = victimsOf(view)
  const author = authorOf(view)
  const institutions = institutionsIn(view.subject)
  return {
    facts: {
      kind,
      occurred: occurredOf(view),
      place: { country: view.state },
      parties: [
        ...victims.map(({ ref, isAuthor }) => ({
          ref,
          roles: isAuthor ? ['victim', 'source'] : ['victim'],
          sort: 'person',
        })),
        ...(author === undefined ? [] : [{ ref: 's1', roles: ['source'], sort: 'person' }]),
        ...institutions.map((institution, at) => ({
          ref: `p${String(at + 1)}`,
          roles: ['alleged_perpetrator'],
          sort: 'institution',
          institution,
        })),
      ],
      acts: view.violation_types.flatMap((violation) =>
        victims.filter(({ isDirect }) => isDirect).map(({ ref }) => ({ violation, victim_ref: ref })),
      ),
      sources: [{ connection: 'document', reliability: 'reliable', validity: validityOf[view.certainty] }],
      details: detailsOf(view, kind),
    },
    narrative: { summary: `${view.title}: ${view.subject}`, account: accountOf(view, vocabularies), language: 'en' },
    identity: {
      parties: [...victims, ...(author === undefined ? [] : [author])].map(({ ref, names, note }) => ({
        ref,
        names,
        note,
      })),
    },
    legal: legalOf(view),
  }
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

type When = { readonly precision: string; readonly from?: string; readonly certainty?: string }

/** The day of an execution, the year in brackets, the month of what it came after; or unknown, as mostly. */
function occurredOf({ alleged_victim, subject }: View): When {
  const day = firstIn(alleged_victim, /executed (\d{4}-\d\d-\d\d)/)
  if (day !== undefined) return { precision: 'day', from: day, certainty: 'stated' }
  const year = firstIn(subject, /\((\d{4})\)/)
  if (year !== undefined) return { precision: 'year', from: year, certainty: 'stated' }
  const month = months.indexOf(firstIn(subject, /after (\w+) \d{4}/) ?? '')
  if (month === -1) return { precision: 'unknown' }
  const from = `${firstIn(subject, /after \w+ (\d{4})/) ?? ''}-${String(month + 1).padStart(2, '0')}`
  return { precision: 'estimated', from, certainty: 'inferred' }
}

const firstIn = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1]

function institutionsIn(subject: string): string[] {
  const known = { police: /police/i, security_service: /security/i, customs_service: /customs/i }
  return Object.entries(known).flatMap(([code, word]) => (word.test(subject) ? [code] : []))
}

/** What was found, each article as surely as it is known; where no list was found, what was claimed, at the lowest grade. */
function legalOf({ articles_violated, articles_claimed, certainty, certainty_note }: View) {
  const found = articles_violated?.map(({ article, read_with, concerning, certainty: known }) => ({
    article,
    ...(read_with && { read_with }),
    basis: 'found',
    certainty: certaintyOf[known],
    ...(concerning !== undefined && { note: `concerning the ${concerning}` }),
  }))
  const claimed = articles_claimed?.map((article) => ({ article, basis: 'claimed', certainty: 'low' }))
  return {
    readings: found ?? claimed ?? [],
    notes: `Articles: ${certainty.replace('_', ' ')}${certainty_note === null ? '' : ` (${certainty_note})`}`,
  }
}

/** English as in the source, then the codes in Russian words. */
function accountOf(view: View, { label }: Vocabularies): string {
  const { symbol, committee, adopted_on, communications, counsel, remedy_text, interim_measures } = view
  const submitted = communications.map(
    ({ number, submitted_on }) => `${number}, submitted ${submitted_on ?? 'on a day not known'}`,
  )
  const lines = [
    `Public decision ${symbol} of the ${label('treaty_bodies', committee, 'en')}, adopted ${adopted_on}.`,
    `Communication ${submitted.join('; ')}.${counsel === null ? '' : ` Counsel: ${counsel}.`}`,
    interim_measures === null ? '' : `Interim measures: ${interim_measures}.`,
    remedy_text === null ? '' : `Remedy: ${remedy_text}`,
    ...view.implementation_public_facts.map(({ date, fact }) => `${date ?? 'Undated'}: ${fact}.`),
    `Sources: ${view.sources.join('; ')}.`,
    `${label('countries', view.state, 'ru')} — ${label('treaty_bodies', committee, 'ru')}, решение от ${adopted_on}.`,
    `Нарушения по кодам: ${view.violation_types.map((code) => label('violation_types', code, 'ru')).join('; ')}.`,
  ]
  return lines.filter((line) => line !== '').join('\n')
}
