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
    missing: missingIn(blocks),
    found: [
      ...(language === material.legal.language ? [] : [problem('language_differs', language)]),
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
const namesOf = ({ family_name, given_names }: Victim): string[] => [...kept(family_name), ...kept(given_names)]

/** A name that is to be withheld from the State stands in the text that the State will read. */
function nameProblems({ legal, identity, narrative }: Material): Found[] {
  if (!legal.withhold.from_state) return []
  const texts = [
    ...narrative.events.map(({ text }) => text),
    ...narrative.annexes.map(({ title }) => title),
    ...legal.claims.map(({ argument }) => argument),
    legal.remedies_text ?? '',
  ].map((text) => text.toLowerCase())
  return identity.victims.flatMap((victim, at) =>
    namesOf(victim).some((name) => texts.some((text) => text.includes(name.toLowerCase())))
      ? [problem('name_in_text_though_withheld', String(at + 1))]
      : [],
  )
}
