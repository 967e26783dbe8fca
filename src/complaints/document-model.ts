import type { Block, DocumentModel } from '../platform/documents/model.ts'
import { wordsIn } from '../platform/documents/words.ts'
import {
  annexBlocks,
  authorBlock,
  claimBlocks,
  factsBlocks,
  heading,
  labelOf,
  ladderBlocks,
  type Look,
  type Material,
  note,
  paragraph,
  said,
  victimBlocks,
} from './document-parts.ts'
import { documentWords } from './document-words.ts'
import type { FormLanguage } from './schema-content.ts'

/** The complaint in the order of complaint_form.json. What the record lacks is marked where it would stand. */
export function documentOf(material: Material, language: FormLanguage): DocumentModel {
  const words = wordsIn(documentWords, language)
  const look = { words, language }
  const isApart = material.legal.withhold.from_state
  return {
    title: words.title,
    language,
    missing: words.missing,
    header: words.confidential,
    footer: material.reference,
    blocks: [
      heading(words.title, 0),
      ...general(material, look),
      ...(isApart ? initials(material, look) : people(material, look)),
      ...confidentiality(material, look),
      ...interim(material, look),
      heading(words.facts),
      ...factsBlocks(material, look),
      heading(words.ladder),
      ...ladderBlocks(material, look),
      ...elsewhere(material, look),
      heading(words.claims),
      ...claimBlocks(material, look),
      ...sought(material, look),
      heading(words.checklist),
      ...annexBlocks(material, look),
      ...signature(material, look),
      ...(isApart ? [{ kind: 'page_break' } as const, heading(words.apart_title), ...people(material, look)] : []),
    ],
  }
}

const general = ({ legal, body }: Material, { words, language }: Look): Block[] => [
  heading(words.general),
  {
    kind: 'facts',
    rows: [
      [words.committee, body],
      [words.state, labelOf('countries', legal.state, language)],
      [words.language, labelOf('languages', legal.language, language)],
      [words.annex_languages, legal.annex_languages.map((code) => labelOf('languages', code, language)).join(', ')],
    ],
  },
]

const people = (material: Material, look: Look): Block[] => [
  heading(look.words.correspondent),
  authorBlock(material, look),
  heading(look.words.victims),
  ...victimBlocks(material, look),
]

/** In the place of names that are not for the State. */
const initials = ({ identity: { victims } }: Material, { words }: Look): Block[] => [
  heading(words.victims),
  note(words.apart),
  {
    kind: 'facts',
    rows: victims.map(({ initials: short }, at) => [`${words.victim} ${String(at + 1)}`, short ?? null]),
  },
]

const confidentiality = ({ legal: { withhold } }: Material, { words }: Look): Block[] => [
  heading(words.confidentiality),
  {
    kind: 'facts',
    rows: [
      [words.in_publication, said(withhold.in_publication, words)],
      [words.from_state, said(withhold.from_state, words)],
      [words.reasons, withhold.reasons ?? (withhold.in_publication || withhold.from_state ? null : '')],
    ],
  },
]

function interim({ legal: { interim: asked } }: Material, { words }: Look): Block[] {
  if (asked === undefined) return [heading(words.interim), paragraph(words.not_asked)]
  return [
    heading(words.interim),
    {
      kind: 'facts',
      rows: [
        [words.risk, asked.risk],
        [words.imminent_on, asked.imminent_on ?? null],
        [words.irreparable, asked.irreparable_because],
        [words.protection, asked.protection_from_reprisals ?? ''],
      ],
    },
  ]
}

function elsewhere({ legal }: Material, { words }: Look): Block[] {
  if (legal.elsewhere.length === 0) return [heading(words.elsewhere), paragraph(words.nowhere)]
  return [
    heading(words.elsewhere),
    {
      kind: 'table',
      head: [words.body, words.filed, words.status, words.outcome, words.same_matter],
      rows: legal.elsewhere.map((one) => [
        one.body,
        one.filed_on ?? null,
        one.status,
        one.outcome ?? '',
        said(one.is_same_matter, words),
      ]),
    },
  ]
}

function sought({ legal: { remedies, remedies_text } }: Material, { words, language }: Look): Block[] {
  const items = remedies.map((code) => labelOf('remedies', code, language) ?? code)
  const list: Block[] = items.length === 0 ? [] : [{ kind: 'list', items }]
  const text = remedies_text === undefined && items.length > 0 ? [] : [paragraph(remedies_text ?? null)]
  return [heading(words.sought), ...list, ...text]
}

const signature = ({ legal }: Material, { words }: Look): Block[] => [
  {
    kind: 'facts',
    tall: true,
    rows: [
      [words.signed_at, legal.signed_at ?? null],
      [words.signed_on, legal.signed_on ?? null],
      [words.signature, ''],
    ],
  },
]
