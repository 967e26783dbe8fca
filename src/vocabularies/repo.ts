import { readFileSync } from 'node:fs'
import { Vocabulary, type VocabularyName, vocabularyNames } from './schema.ts'

/** The lists as they lie in `folder`, whole and checked: the first fault stops the caller with file, row and reason. */
export function readVocabularies(folder: URL): ReadonlyMap<VocabularyName, Vocabulary> {
  const vocabularies = new Map(vocabularyNames.map((name) => [name, readVocabulary(folder, name)]))
  for (const { name, parents_in, terms } of vocabularies.values()) {
    if (!parents_in) continue
    const parents = new Set(vocabularies.get(parents_in)?.terms.map((term) => term.code))
    const row = terms.findIndex((term) => term.parent !== undefined && !parents.has(term.parent))
    if (row !== -1) throw fault(name, ['terms', row, 'parent'], `there is no such code in ${parents_in}`)
  }
  return vocabularies
}

function readVocabulary(folder: URL, name: VocabularyName): Vocabulary {
  const found = Vocabulary.safeParse(parseJson(readFileSync(new URL(`${name}.json`, folder), 'utf8'), name))
  if (!found.success) {
    const [issue] = found.error.issues
    throw fault(name, issue?.path ?? [], issue?.message ?? 'not a vocabulary')
  }
  if (found.data.name !== name) throw fault(name, ['name'], `the file is named otherwise than ${found.data.name}`)
  return found.data
}

function parseJson(text: string, name: VocabularyName): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw fault(name, [], 'not JSON')
  }
}

function fault(name: VocabularyName, path: readonly PropertyKey[], reason: string): Error {
  const [first, index, ...rest] = path
  const isRow = first === 'terms' && typeof index === 'number'
  const where = isRow ? [`row ${index + 1}`, ...rest] : [...path]
  return new Error([`schemas/vocabularies/${name}.json`, ...where.map(String)].join(', ') + `: ${reason}`)
}
