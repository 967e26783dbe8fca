import type { NameWord } from './skeleton.ts'

/**
 * What of a name is hashed to find it again: never a word alone, which would be counted, but the consonants of one word
 * with the first letter of another. A slip in one word leaves the other whole, and each word is there with every one of its
 * letters left out, too.
 */
const PIECES_MOST = 200
const SHORTEST_CUT = 3
const ALONE = '-'

/** Consonants that scripts and ears confuse become one. */
const alike = (bones: string): string =>
  bones
    .replace(/[pfv]/g, 'b')
    .replace(/d/g, 't')
    .replace(/[gh]/g, 'k')
    .replace(/[jST]/g, 'C')
    .replace(/z/g, 's')
    .replace(/(.)\1+/g, '$1')

/** Persian script has one letter for v and u. */
const firstsOf = ({ initial }: NameWord): string[] => (initial === 'v' ? ['a', 'b'] : [alike(initial)])

const boneless = (word: NameWord): boolean => word.isInitial || word.bones === ''

const wholeOf = (word: NameWord): string[] => [alike(word.bones)]

/** A word by its consonants, with each one of them left out. */
function cutsOf(word: NameWord): string[] {
  const bones = alike(word.bones)
  if (bones.length < SHORTEST_CUT) return []
  return Array.from(bones, (_, at) => bones.slice(0, at) + bones.slice(at + 1))
}

const formsOf = (word: NameWord): string[] => [...wholeOf(word), ...cutsOf(word)]
const firstCutOf = (word: NameWord): string[] => cutsOf(word).slice(0, 1)

type Forms = typeof formsOf

const paired = (words: readonly NameWord[], forms: Forms): string[] =>
  words.flatMap((word, at) => {
    if (boneless(word)) return []
    const firsts = new Set(words.filter((_, other) => other !== at).flatMap(firstsOf))
    return forms(word).flatMap((form) => [...firsts].map((first) => `${form} ${first}`))
  })

const alone = (words: readonly NameWord[], forms: Forms): string[] =>
  words.filter((word) => !boneless(word)).flatMap((word) => forms(word).map((form) => `${form} ${ALONE}`))

/** The pieces under which a person is kept. */
export function keptPieces(names: readonly (readonly NameWord[])[]): string[] {
  const pieces = names.flatMap((words) => (words.length === 1 ? alone(words, formsOf) : paired(words, formsOf)))
  return [...new Set(pieces)].slice(0, PIECES_MOST)
}

const FIRSTS = Array.from('abCklmnrst')

/**
 * The pieces under which somebody is sought, the surest first: a slip in one word leaves the other whole, unless it is in
 * the letter that the other stands beside. One word alone is sought beside every first letter.
 */
export function soughtPieces(names: readonly (readonly NameWord[])[], most: number): string[] {
  const of = (pieces: (words: readonly NameWord[]) => string[]) => names.flatMap(pieces)
  const pieces = [
    ...of((words) => paired(words, wholeOf)),
    ...of((words) => paired(words, firstCutOf)),
    ...of((words) => alone(words, wholeOf)),
    ...of(besideAll),
    ...of((words) => paired(words, cutsOf)),
    ...of((words) => alone(words, cutsOf)),
  ]
  return [...new Set(pieces)].slice(0, Math.min(most, PIECES_MOST))
}

const besideAll = ([word, ...others]: readonly NameWord[]): string[] =>
  word === undefined || others.length > 0 || boneless(word)
    ? []
    : FIRSTS.map((first) => `${alike(word.bones)} ${first}`)
