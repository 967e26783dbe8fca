import type { ProviderIdentity } from '../providers/schema.ts'
import { type Letter, letterOf } from '../platform/documents/letter.ts'
import type { Block, DocumentModel } from '../platform/documents/model.ts'
import { dayIn, wordsIn } from '../platform/documents/words.ts'
import { findTerm } from '../vocabularies/service.ts'
import type { VocabularyName } from '../vocabularies/schema.ts'
import { referralWords } from './letter-words.ts'
import type { Package } from './schema-package.ts'

/** All that a letter of referral is made from, opened. */
export type Material = {
  readonly content: Package
  readonly provider: ProviderIdentity
  readonly sender: { readonly organisation: string | null; readonly name: string | null }
  readonly on: string
  readonly answer_by: string
  readonly reference: string
}

type Language = Letter['language']
type Words = ReturnType<typeof wordsFor>
const wordsFor = (language: Language) => wordsIn(referralWords, language)

/** The letter to a provider: who we are, what we ask, and those fields of the case that were chosen. */
export function referralLetter(material: Material, language: Language): DocumentModel {
  const { content, provider, sender, on, reference } = material
  const words = wordsFor(language)
  return letterOf({
    language,
    letterhead: sender.organisation === null ? [] : [sender.organisation],
    addressee: [provider.name, ...provider.contacts.flatMap(({ kind, text }) => (kind === 'address' ? [text] : []))],
    on,
    reference,
    subject: `${words.subject}: ${label('assistance_types', content.facts.help, language)}`,
    body: [
      { kind: 'heading', level: 1, text: words.request },
      { kind: 'paragraph', text: content.narrative.request },
      { kind: 'facts', rows: [[words.answer_by, dayIn(material.answer_by, language)]] },
      ...aboutPeople(content, words, language),
      ...aboutCase(content, words, language),
      { kind: 'paragraph', text: words.consent, look: 'note' },
    ],
    signatory: { name: sender.name, position: '' },
    enclosures: [],
  })
}

function label(list: VocabularyName, code: string, language: Language): string {
  const labels = findTerm(list, code)?.labels
  return labels === undefined ? code : (labels[language] ?? `${labels.ru}${language === 'ru' ? '' : ' [ru]'}`)
}

function aboutCase({ identity, narrative, facts }: Package, words: Words, language: Language): Block[] {
  const rows = known([
    [words.title, identity.title],
    [words.kind, facts.kind && label('incident_kinds', facts.kind, language)],
  ])
  if (rows.length === 0 && narrative.summary === undefined) return []
  return [
    { kind: 'heading', level: 1, text: words.case },
    ...(rows.length === 0 ? [] : [{ kind: 'facts' as const, rows }]),
    ...(narrative.summary === undefined ? [] : [{ kind: 'paragraph' as const, text: narrative.summary }]),
  ]
}

/** What was not chosen has no row: it is not missing, it stays with us. */
const known = (rows: readonly (readonly [string, string | undefined])[]) =>
  rows.flatMap(([name, value]): [string, string][] => (value === undefined || value === '' ? [] : [[name, value]]))

function aboutPeople({ identity, facts }: Package, words: Words, language: Language): Block[] {
  if (identity.persons.length === 0) return []
  const people = identity.persons.map((person, at): Block => {
    const coded = facts.persons[at]
    return { kind: 'facts', rows: [...identityRows(person, words), ...codedRows(coded, words, language)] }
  })
  return [{ kind: 'heading', level: 1, text: words.people }, ...people]
}

type Person = Package['identity']['persons'][number]

function identityRows({ names, born, contacts, documents }: Person, words: Words): [string, string][] {
  return known([
    [words.name, names?.map(({ text }) => text).join('\n')],
    [words.born, born],
    [words.contacts, contacts?.map((one) => reach(one, words)).join('\n')],
    [words.documents, documents?.map(({ text }) => text).join('\n')],
  ])
}

const reach = ({ text, is_safe }: { text: string; is_safe?: boolean | undefined }, words: Words) =>
  is_safe === false ? `${text} (${words.unsafe})` : text

type Coded = Package['facts']['persons'][number]

function codedRows(coded: Coded | undefined, words: Words, language: Language): [string, string][] {
  const said = (list: VocabularyName, code: string | undefined) =>
    code === undefined ? undefined : label(list, code, language)
  return known([
    [words.sex, said('sex', coded?.sex)],
    [words.age, said('age_bands', coded?.age_band)],
    [words.nationality, said('countries', coded?.nationality)],
    [
      words.protection,
      coded?.special_protection?.map((code) => label('special_protection', code, language)).join(', '),
    ],
  ])
}
