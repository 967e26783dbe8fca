import { z } from 'zod'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import { readVocabularies } from './repo.ts'
import {
  type LabelLanguage,
  type Term,
  type Vocabulary,
  type VocabularyList,
  VocabularyName,
  type VocabularyReply,
} from './schema.ts'
import { inProject } from '../platform/kernel/project.ts'

// Read once, when the module is loaded: a faulty list stops the start, not a request.
const vocabularies = readVocabularies(inProject('schemas/vocabularies/'))
const termsByName = new Map(
  [...vocabularies].map(([name, { terms }]) => [name, new Map(terms.map((term) => [term.code, term]))]),
)
const codeSchemas = new Map([...vocabularies].map(([name, found]) => [name, codeSchema(found)]))

export function vocabulary(name: VocabularyName): Vocabulary {
  return known(vocabularies, name)
}

export function findTerm(name: VocabularyName, code: string): Term | undefined {
  return known(termsByName, name).get(code)
}

export function isTerm(name: VocabularyName, code: string): boolean {
  return known(termsByName, name).has(code)
}

/** The schema of a coded fact: a string that must be a code of that list. */
export function termCode(name: VocabularyName) {
  return known(codeSchemas, name)
}

export function listVocabularies(): VocabularyList {
  return { vocabularies: [...vocabularies.values()].map((found) => ({ ...found, terms: found.terms.length })) }
}

export function readVocabulary(name: string, language: LabelLanguage): VocabularyReply {
  const asked = VocabularyName.safeParse(name)
  if (!asked.success) throw new Problem(notFound)
  const found = vocabulary(asked.data)
  return { ...found, terms: found.terms.map((term) => ({ ...term, ...labelFor(term, language) })) }
}

/** Where a language has no label yet, Russian stands in: it is complete, and read in all five States. */
function labelFor({ labels, reviewed }: Term, wanted: LabelLanguage) {
  const language = labels[wanted] === undefined ? 'ru' : wanted
  return {
    label: labels[language] ?? labels.ru,
    label_language: language,
    label_reviewed: reviewed.includes(language),
  }
}

function codeSchema({ name, terms, definition }: Vocabulary) {
  return z.enum(terms.map((term) => term.code)).meta({ description: `${definition} See /v1/vocabularies/${name}.` })
}

function known<Value>(map: ReadonlyMap<VocabularyName, Value>, name: VocabularyName): Value {
  const value = map.get(name)
  if (value === undefined) throw new Error(`there is no vocabulary ${name}`)
  return value
}
