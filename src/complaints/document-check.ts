import { missingIn } from '../platform/documents/model.ts'
import { documentOf } from './document-model.ts'
import type { Material } from './document-parts.ts'
import type { DocumentCheck } from './schema-document.ts'
import { FormLanguage, type Victim } from './schema-content.ts'

type Found = DocumentCheck['found'][number]
const accepted: readonly string[] = FormLanguage.options

/** What is missing, and what a secretariat would send back. It blocks nothing. */
export function checkOf(material: Material, language: FormLanguage): DocumentCheck {
  const { blocks } = documentOf(material, language)
  const { events, annexes } = material.narrative
  return {
    form: material.form.ref,
    missing: missingIn(blocks),
    found: [
      ...(language === material.legal.language ? [] : [problem('language_differs', language)]),
      ...(material.form.rule.languages.includes(language) ? [] : [problem('language_not_accepted', language)]),
      ...material.consents.flatMap((may, at) => (may ? [] : [problem('consent_missing', String(at + 1))])),
      ...annexProblems(material),
      ...claimProblems(material),
      ...nameProblems(material),
    ],
    words: wordsOf([...events.map(({ text }) => text), ...material.legal.claims.map(({ argument }) => argument)]),
    annexes: annexes.length,
    annex_pages: annexes.reduce((sum, { pages = 0 }) => sum + pages, 0),
  }
}

const problem = (code: Found['code'], at: string): Found => ({ code, at })

const wordsOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + text.split(/\s+/).filter((word) => word !== '').length, 0)

function annexProblems({ narrative: { annexes, events } }: Material): Found[] {
  const hasTranslation = annexes.some(({ kind }) => kind === 'translation')
  const named = new Set(events.flatMap((event) => event.annexes))
  return annexes.flatMap(({ ref, evidence_id, language, kind }) => [
    ...(evidence_id === undefined ? [problem('annex_without_file', ref)] : []),
    ...(language !== undefined && !accepted.includes(language) && !hasTranslation
      ? [problem('annex_needs_translation', ref)]
      : []),
    ...(named.has(ref) || kind === 'translation' || kind === 'authorisation'
      ? []
      : [problem('annex_is_not_referred_to', ref)]),
  ])
}

const claimProblems = ({ legal: { claims }, narrative: { events } }: Material): Found[] =>
  claims.flatMap(({ article, facts }) =>
    facts.some((number) => number > events.length) ? [problem('claim_names_no_such_fact', article)] : [],
  )

const kept = (name: string | undefined): string[] => (name === undefined || name.length < 3 ? [] : [name])
const namesOf = ({ family_name, given_names }: Pick<Victim, 'family_name' | 'given_names'>): string[] => [
  ...kept(family_name),
  ...kept(given_names),
]

/** A name that is to be withheld from the State stands in the text that the State will read. */
function nameProblems(material: Material): Found[] {
  const { legal, identity, form } = material
  const text = textForState(material).join('\n').toLowerCase()
  const isNamed = (who: Parameters<typeof namesOf>[0]) => namesOf(who).some((name) => text.includes(name.toLowerCase()))
  const victims = legal.withhold.from_state
    ? identity.victims.flatMap((victim, at) => (isNamed(victim) ? [String(at + 1)] : []))
    : []
  const source = form.rule.source_apart && identity.author.capacity !== 'victim' && isNamed(identity.author)
  return [
    ...victims.map((at) => problem('name_in_text_though_withheld', at)),
    ...(source ? [problem('source_named_in_text', '')] : []),
  ]
}

const textForState = ({ legal, narrative, episodes }: Material): (string | undefined)[] => [
  ...narrative.events.map(({ text }) => text),
  ...narrative.annexes.map(({ title }) => title),
  ...Object.values(narrative.particulars),
  ...episodes.flatMap(({ told }) => Object.values(told)),
  ...legal.claims.map(({ argument }) => argument),
  ...Object.values(legal.interim ?? {}),
  ...legal.elsewhere.flatMap(({ outcome }) => outcome ?? []),
  legal.not_exhausted_because,
  legal.remedies_text,
]
