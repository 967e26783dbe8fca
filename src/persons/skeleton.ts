import { arabicEndings, endings, kinWords, letters, sounds } from './skeleton-letters.ts'

/**
 * One word of a name without its spelling: in Latin, by sound, the endings of family names folded.
 * Arabic script writes long vowels alone; `bones` are the consonants that every script writes.
 */
export type NameWord = {
  readonly full: string
  readonly isArabic: boolean
  /** The same with the ending. */
  readonly whole: string
  readonly bones: string
  readonly initial: string
  readonly isInitial: boolean
  readonly isFolded: boolean
  /** Whether the ending that was folded is a woman's or a man's; null when there was none. */
  readonly isFeminine: boolean | null
}

const APOSTROPHES = /['`´ʻʼʹʿʾ‘’]/g
const JOINERS = /[-‐‑–\u200c\u200d]/g
const WORDS_MOST = 8

/** The words of a name, in whatever script and order, without what only says whose child somebody is. */
export function wordsOf(name: string): NameWord[] {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/o['`´ʻʼʹ‘’]/g, 'ў')
    .replace(APOSTROPHES, '')
    .replace(JOINERS, '')
  return plain
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '')
    .slice(0, WORDS_MOST)
    .flatMap(wordOf)
}

function wordOf(word: string): NameWord[] {
  const isArabic = /\p{Script=Arabic}/u.test(word)
  const sound = isArabic
    ? romanised(word.replace(/لله/, 'لا').replace(/ه$/, 'ا'))
    : once(replaceAll(romanised(word), sounds))
  if (sound === '' || kinWords.test(sound)) return []
  const root = replaceAll(sound, isArabic ? arabicEndings : endings)
  // Two of one letter there have a vowel between them.
  const short = (text: string) => (isArabic ? merged(text) : once(merged(text)))
  const full = short(root)
  return [
    {
      ...spelled(full),
      isArabic,
      whole: short(sound),
      isInitial: word.length === 1 || full.length === 1,
      isFolded: root !== sound,
      isFeminine: root === sound ? null : sound.endsWith('a'),
    },
  ]
}

const spelled = (full: string) => ({
  full,
  bones: full.replace(/[aiuv]/g, '').replace(/h$/, ''),
  initial: /^[aiu]/.test(full) ? 'a' : full.slice(0, 1),
})

/** Letter by letter; a letter with an accent that means nothing here is the letter without it. */
const romanised = (word: string): string =>
  Array.from(word, (letter) => letters.get(letter) ?? letter.normalize('NFD').replace(/[^a-z]/g, '')).join('')

/** The vowels that alphabets and ears confuse become one: o is a, e and y are i. */
const merged = (root: string): string =>
  root
    .replace(/o/g, 'a')
    .replace(/[ey]/g, 'i')
    .replace(/(?<=...)i+$/, '')
    .replace(/(?<=[aiu])h$/, '')

const once = (text: string): string => text.replace(/(.)\1+/g, '$1')

const replaceAll = (text: string, rules: readonly (readonly [RegExp, string])[]): string =>
  rules.reduce((so_far, [from, to]) => so_far.replace(from, to), text)
