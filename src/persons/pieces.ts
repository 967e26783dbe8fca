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
    .replace(/j/g, 'C')
    .replace(/z/g, 's')
    .replace(/(.)\1+/g, '$1')

/** Persian script has one letter for v and u. */
const firstsOf = ({ initial }: NameWord): string[] => (initial === 'v' ? ['a', 'b'] : [alike(initial)])

const boneless = (word: NameWord): boolean => word.isInitial || word.bones === ''

/** A word by its consonants, and with one of them left out. */
function formsOf(word: NameWord): string[] {
  const bones = alike(word.bones)
  if (bones.length < SHORTEST_CUT) return [bones]
  const cuts = Array.from(bones, (_, at) => bones.slice(0, at) + bones.slice(at + 1))
  return [...new Set([bones, ...cuts])]
}

const paired = (words: readonly NameWord[]): string[] =>
  words.flatMap((word, at) => {
    if (boneless(word)) return []
    const firsts = new Set(words.filter((_, other) => other !== at).flatMap(firstsOf))
    return formsOf(word).flatMap((form) => [...firsts].map((first) => `${form} ${first}`))
  })

const alone = (words: readonly NameWord[]): string[] =>
  words.filter((word) => !boneless(word)).flatMap((word) => formsOf(word).map((form) => `${form} ${ALONE}`))

/** The pieces under which a person is kept. */
export function keptPieces(names: readonly (readonly NameWord[])[]): string[] {
  const pieces = names.flatMap((words) => (words.length === 1 ? alone(words) : paired(words)))
  return [...new Set(pieces)].slice(0, PIECES_MOST)
}

const FIRSTS = Array.from('abCklmnrst')

/** The pieces under which somebody is sought: one word alone is sought beside every first letter. */
export function soughtPieces(names: readonly (readonly NameWord[])[]): string[] {
  const pieces = names.flatMap((words) => {
    const [word] = words
    const beside = words.length > 1 || word === undefined ? [] : besideAll(word)
    return [...paired(words), ...alone(words), ...beside]
  })
  return [...new Set(pieces)].slice(0, PIECES_MOST)
}

const besideAll = (word: NameWord): string[] =>
  boneless(word) ? [] : FIRSTS.map((first) => `${alike(word.bones)} ${first}`)
