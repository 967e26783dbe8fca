import type { Block } from '../platform/documents/model.ts'
import type { FormPart } from '../reference/schema.ts'
import {
  annexBlocks,
  authorBlock,
  claimBlocks,
  factsBlocks,
  identityBlocks,
  labelOf,
  ladderBlocks,
  type Look,
  type Material,
  paragraph,
  said,
  victimBlocks,
} from './document-parts.ts'
import * as asked from './form-parts.ts'

const general = ({ legal, body }: Material, { words, language }: Look): Block[] => [
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

const confidentiality = ({ legal: { withhold } }: Material, { words }: Look): Block[] => [
  {
    kind: 'facts',
    rows: [
      [words.in_publication, said(withhold.in_publication, words)],
      [words.from_state, said(withhold.from_state, words)],
      [words.reasons, withhold.reasons ?? (withhold.in_publication || withhold.from_state ? null : '')],
    ],
  },
]

function interim({ legal: { interim: measures } }: Material, { words }: Look): Block[] {
  if (measures === undefined) return [paragraph(words.not_asked)]
  return [
    {
      kind: 'facts',
      rows: [
        [words.risk, measures.risk],
        [words.imminent_on, measures.imminent_on ?? null],
        [words.irreparable, measures.irreparable_because],
        [words.protection, measures.protection_from_reprisals ?? ''],
      ],
    },
  ]
}

function elsewhere({ legal }: Material, { words }: Look): Block[] {
  if (legal.elsewhere.length === 0) return [paragraph(words.nowhere)]
  return [
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

function sought({ legal: { remedies, remedies_text } }: Material, { language }: Look): Block[] {
  const items = remedies.map((code) => labelOf('remedies', code, language) ?? code)
  const list: Block[] = items.length === 0 ? [] : [{ kind: 'list', items }]
  const text = remedies_text === undefined && items.length > 0 ? [] : [paragraph(remedies_text ?? null)]
  return [...list, ...text]
}

/** Whoever sends it signs where they are named. */
const checklist = (material: Material, look: Look): Block[] => [
  ...annexBlocks(material, look),
  ...(material.form.rule.source_apart ? [] : signature(material, look)),
]

const source = (material: Material, look: Look): Block[] => [authorBlock(material, look), ...signature(material, look)]

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

type Writing = (material: Material, look: Look) => Block[]

const writing: Readonly<Record<FormPart, Writing>> = {
  general,
  recipient: asked.recipient,
  addressees: asked.addressees,
  correspondent: (material, look) => [authorBlock(material, look)],
  source,
  victims: victimBlocks,
  identity: identityBlocks,
  disappeared: identityBlocks,
  disappearance: asked.disappearance,
  forces: asked.forces,
  search: asked.search,
  arrest: asked.arrest,
  detention: asked.detention,
  arbitrary: (material, look) => [...asked.categories(material, look), ...claimBlocks(material, look)],
  confidentiality,
  interim,
  urgent: interim,
  facts: factsBlocks,
  ladder: ladderBlocks,
  elsewhere,
  claims: claimBlocks,
  sought,
  consent: asked.consent,
  checklist,
}

export const writePart = (part: FormPart, material: Material, look: Look): Block[] => writing[part](material, look)

export const isOfSource = (part: FormPart): boolean => part === 'correspondent' || part === 'source'
export const isOfVictims = (part: FormPart): boolean => ['victims', 'identity', 'disappeared'].includes(part)
