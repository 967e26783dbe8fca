import type { Block, Value } from '../platform/documents/model.ts'
import { findTerm } from '../vocabularies/service.ts'
import type { VocabularyName } from '../vocabularies/schema.ts'
import type { EpisodeFacts, EpisodeNarrative } from '../detention/schema.ts'
import type { DocumentWords } from './document-words.ts'
import type { FormWords } from './form-words.ts'
import type { Form } from './forms.ts'
import type { ComplaintIdentity, ComplaintLegal, ComplaintNarrative, FormLanguage, Victim } from './schema-content.ts'

/** All that a document is made from, opened. */
export type Material = {
  readonly reference: string
  /** The body, by the name that the reference has for it. */
  readonly body: string
  readonly identity: ComplaintIdentity
  readonly narrative: ComplaintNarrative
  readonly legal: ComplaintLegal
  readonly form: Form
  readonly ladder: readonly LadderStep[]
  readonly episodes: readonly EpisodeTold[]
  /** Of each victim, whether it may go to the body as consents stand. */
  readonly consents: readonly boolean[]
}
export type EpisodeTold = EpisodeFacts & { readonly told: EpisodeNarrative }
export type LadderStep = {
  readonly step: string
  readonly authority?: string | undefined
  readonly filed_on?: string | undefined
  readonly decided_on?: string | undefined
  readonly served_on?: string | undefined
  readonly result: string
}
export type Look = { readonly words: DocumentWords & FormWords; readonly language: FormLanguage }

export const heading = (text: string, level: 0 | 1 | 2 = 1): Block => ({ kind: 'heading', level, text })
export const paragraph = (text: Value): Block => ({ kind: 'paragraph', text })
export const note = (text: string): Block => ({ kind: 'paragraph', text, look: 'note' })

/** A label of a coded list; French and Spanish ones do not exist, so English stands there. */
export function labelOf(list: VocabularyName, code: string | undefined, language: FormLanguage): Value {
  if (code === undefined) return null
  const labels = findTerm(list, code)?.labels
  return (language === 'ru' ? labels?.ru : labels?.en) ?? code
}

export const said = (is: boolean, words: DocumentWords): string => (is ? words.yes : words.no)

type Person = ComplaintIdentity['author'] | Victim

const nameRows = (who: Person, { words, language }: Look): [string, Value][] => [
  [words.family_name, who.family_name ?? null],
  [words.given_names, who.given_names ?? null],
  [words.born, who.born ?? null],
  [words.nationality, labelOf('countries', who.nationality, language)],
]

export function authorBlock({ identity: { author } }: Material, look: Look): Block {
  const { words, language } = look
  return {
    kind: 'facts',
    rows: [
      ...nameRows(author, look),
      [words.place_of_birth, author.place_of_birth ?? null],
      [words.gender, author.gender === undefined ? '' : labelOf('gender_identities', author.gender, language)],
      [words.address, author.address ?? null],
      [words.email, author.email ?? ''],
      [words.phone, author.phone ?? ''],
      [words.capacity, words[`as_${author.capacity}`]],
      [words.organisation, author.organisation ?? ''],
    ],
  }
}

export const victimBlocks = ({ identity: { victims } }: Material, look: Look): Block[] =>
  victims.flatMap((victim, at): Block[] => [
    ...(victims.length > 1 ? [heading(`${look.words.victim} ${String(at + 1)}`, 2)] : []),
    { kind: 'facts', rows: [...nameRows(victim, look), ...standingRows(victim, look)] },
  ])

/** What is asked of somebody who was arrested or has disappeared. */
export const identityBlocks = (material: Material, look: Look): Block[] =>
  material.identity.victims.flatMap((victim, at): Block[] => [
    ...(material.identity.victims.length > 1 ? [heading(`${look.words.victim} ${String(at + 1)}`, 2)] : []),
    {
      kind: 'facts',
      rows: [
        ...nameRows(victim, look),
        [look.words.sex, labelOf('sex', victim.sex, look.language)],
        [look.words.identity_document, victim.identity_document ?? ''],
        [look.words.occupation, victim.occupation ?? null],
        [look.words.victim_address, victim.address ?? ''],
        ...standingRows(victim, look),
      ],
    },
  ])

const standingRows = (victim: Victim, { words }: Look): [string, Value][] => [
  [words.flags, [victim.is_deceased, victim.is_detained, victim.is_minor].map((flag) => said(flag, words)).join(', ')],
  [words.relationship, victim.relationship ?? ''],
  [words.authority, authorityOf(victim, words)],
]

function authorityOf({ authority }: Victim, words: DocumentWords): Value {
  if (authority === undefined) return null
  return 'annex' in authority ? `${words.annex} ${authority.annex}` : `${words.no_authority}: ${authority.none_because}`
}

/** Events by their days, as far as these are known; those without a day last. `was` is the place in the record. */
function orderedEvents({ events }: ComplaintNarrative) {
  const placed = events.map((event, at) => ({ ...event, was: at + 1 }))
  const key = ({ on }: { on?: string | undefined }) => on ?? '9999'
  return placed.toSorted((a, b) => (key(a) === key(b) ? a.was - b.was : key(a) < key(b) ? -1 : 1))
}

export function factsBlocks({ narrative }: Material, { words }: Look): Block[] {
  const events = orderedEvents(narrative)
  if (events.length === 0) return [paragraph(null)]
  return [
    {
      kind: 'table',
      head: [words.number, words.day, words.event, words.annexes],
      widths: [0.07, 0.15, 0.6, 0.18],
      rows: events.map(({ on, text, annexes }, at) => [
        String(at + 1),
        on ?? words.day_unknown,
        text,
        annexes.join(', '),
      ]),
    },
  ]
}

export function ladderBlocks({ ladder, legal }: Material, { words, language }: Look): Block[] {
  const table: Block =
    ladder.length === 0
      ? paragraph(legal.not_exhausted_because === undefined ? null : words.none)
      : {
          kind: 'table',
          head: [words.step, words.before, words.filed, words.decided, words.served, words.result],
          widths: [0.25, 0.2, 0.13, 0.13, 0.13, 0.16],
          rows: ladder.map((one) => [
            one.step,
            one.authority ?? null,
            one.filed_on ?? '',
            one.decided_on ?? '',
            one.served_on ?? '',
            labelOf('proceeding_results', one.result, language),
          ]),
        }
  const { not_exhausted_because } = legal
  return [
    table,
    ...(not_exhausted_because === undefined ? [] : [heading(words.not_exhausted, 2), paragraph(not_exhausted_because)]),
  ]
}

export function claimBlocks({ legal, narrative }: Material, { words }: Look): Block[] {
  if (legal.claims.length === 0) return [paragraph(null)]
  const order = orderedEvents(narrative).map(({ was }) => was)
  return legal.claims.flatMap(({ article, argument, facts }): Block[] => {
    const numbers = facts.map((was) => order.indexOf(was) + 1).filter((number) => number > 0)
    const supported = numbers.toSorted((a, b) => a - b).join(', ')
    return [
      heading(article, 2),
      paragraph(argument),
      { kind: 'facts', rows: [[words.supported, supported === '' ? null : supported]] },
    ]
  })
}

export function annexBlocks({ narrative: { annexes } }: Material, { words, language }: Look): Block[] {
  if (annexes.length === 0) return [paragraph(null)]
  return [
    {
      kind: 'table',
      head: [words.number, words.name, words.of_language, words.pages],
      widths: [0.1, 0.6, 0.18, 0.12],
      rows: annexes.map(({ ref, title, language: of, pages }) => [
        ref,
        title,
        labelOf('languages', of, language),
        pages === undefined ? null : String(pages),
      ]),
    },
  ]
}
