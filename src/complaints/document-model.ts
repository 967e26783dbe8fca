import type { Block, DocumentModel } from '../platform/documents/model.ts'
import { wordsIn } from '../platform/documents/words.ts'
import type { FormPart } from '../reference/schema.ts'
import { heading, type Look, type Material, note } from './document-parts.ts'
import { documentWords } from './document-words.ts'
import { formWords } from './form-words.ts'
import { isOfSource, isOfVictims, writePart } from './parts.ts'
import type { FormLanguage } from './schema-content.ts'

type Part = { readonly part: FormPart; readonly title: string }

/** The submission in the order of its form. What the record lacks is marked where it would stand. */
export function documentOf(material: Material, language: FormLanguage): DocumentModel {
  const words = { ...wordsIn(documentWords, language), ...wordsIn(formWords, language) }
  const look = { words, language }
  const title = titleOf(material, look)
  const parts = material.form.rule.sections.map((part, at) => ({ part, title: `${String(at + 1)}. ${words[part]}` }))
  return {
    title,
    language,
    missing: words.missing,
    header: words.confidential,
    footer: material.reference,
    blocks: [
      heading(title, 0),
      ...parts.flatMap((one) => (isApart(material, one) ? standIn(one, material, look) : whole(one, material, look))),
      ...apart(parts, material, look),
    ],
  }
}

function titleOf({ form: { rule } }: Material, { words }: Look): string {
  const titles = new Map([
    ['TREATY_BODIES', words.title],
    ['WGAD', words.title_WGAD],
    ['WGEID', words.title_WGEID],
    ['SP_LETTER', words.title_SP_LETTER],
  ])
  return titles.get(rule.id) ?? rule.name
}

/** What is not for the State: names, where that was asked; and who it is from, where the body keeps that to itself. */
const isApart = ({ form, legal }: Material, { part }: Part): boolean =>
  isOfSource(part)
    ? form.rule.source_apart || legal.withhold.from_state
    : isOfVictims(part) && legal.withhold.from_state

const whole = ({ part, title }: Part, material: Material, look: Look): Block[] => [
  heading(title),
  ...writePart(part, material, look),
]

/** In the place of names that are not for the State. */
function standIn({ part, title }: Part, { identity: { victims } }: Material, { words }: Look): Block[] {
  if (!isOfVictims(part)) return []
  return [
    heading(title),
    note(words.apart),
    {
      kind: 'facts',
      rows: victims.map(({ initials }, at) => [`${words.victim} ${String(at + 1)}`, initials ?? null]),
    },
  ]
}

/** The last page, to be taken off. */
function apart(parts: readonly Part[], material: Material, look: Look): Block[] {
  const own = parts.filter((one) => isApart(material, one))
  if (own.length === 0) return []
  const { apart_title, source_only } = look.words
  return [
    { kind: 'page_break' },
    heading(own.some(({ part }) => isOfVictims(part)) ? apart_title : source_only),
    ...own.flatMap((one) => whole(one, material, look)),
  ]
}
