import type { Block, DocumentLanguage, DocumentModel, Value } from './model.ts'
import { letterWords } from './letter-words.ts'
import { dayIn, wordsIn } from './words.ts'

/** All that a letter needs. What is null is marked on the page as missing. */
export type Letter = {
  readonly language: Exclude<DocumentLanguage, 'fr' | 'es'>
  /** Who writes: the name of the organisation, then its address, a line each. */
  readonly letterhead: readonly string[]
  /** To whom: name, position, address, a line each. */
  readonly addressee: readonly string[]
  /** The day of the letter, YYYY-MM-DD. */
  readonly on: string
  /** It stands at the foot of each page: it must name nobody. */
  readonly reference: string
  readonly subject: Value
  /** Headings of level 1 and 2, paragraphs, facts, tables. */
  readonly body: readonly Block[]
  readonly signatory: { readonly name: Value; readonly position: Value }
  readonly enclosures: readonly string[]
}

/** The letter as a document of one or more pages. It asks for care: whom it names may be in danger. */
export function letterOf({ language, letterhead, addressee, on, reference, ...letter }: Letter): DocumentModel {
  const words = wordsIn(letterWords, language)
  const [name = null, ...address] = letterhead
  return {
    title: words.letter,
    language,
    missing: words.missing,
    header: words.confidential,
    footer: reference,
    blocks: [
      { kind: 'paragraph', text: name, look: 'strong' },
      ...(address.length === 0 ? [] : [lines(address, 'note')]),
      {
        kind: 'facts',
        rows: [
          [words.date, dayIn(on, language)],
          [words.reference, reference],
          [words.to, addressee.length === 0 ? null : addressee.join('\n')],
          [words.subject, letter.subject],
        ],
      },
      { kind: 'paragraph', text: words.care, look: 'note' },
      ...letter.body,
      ...enclosed(words.enclosures, letter.enclosures),
      {
        kind: 'facts',
        tall: true,
        rows: [
          [words.name, letter.signatory.name],
          [words.position, letter.signatory.position],
          [words.signature, ''],
        ],
      },
    ],
  }
}

const lines = (texts: readonly string[], look: 'note'): Block => ({ kind: 'paragraph', text: texts.join('\n'), look })

const enclosed = (title: string, items: readonly string[]): Block[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: title },
        { kind: 'list', numbered: true, items },
      ]
