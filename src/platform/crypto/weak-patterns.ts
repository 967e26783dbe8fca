import { dictionary } from '@zxcvbn-ts/language-common'

const DISTINCT_MIN = 6
const COMMON_PIECES_MAX = 3
const OWN_LETTERS_MIN = 4

const commonPasswords = new Set(dictionary['passwords-common'])
const COMMON_LENGTH_MAX = Math.max(...[...commonPasswords].map((password) => password.length))

/** Few letters, one piece over and over, or runs of the alphabet. */
export function isRepetitive(text: string): boolean {
  const letters = Array.from(text)
  return new Set(letters).size < DISTINCT_MIN || hasShortPeriod(letters) || isMostlyRuns(letters)
}

/** One piece over and over, like `abcdefgabcdefgab`. */
function hasShortPeriod(letters: readonly string[]): boolean {
  const periods = Array.from({ length: Math.floor(letters.length / 2) }, (_, index) => index + 1)
  return periods.some((period) => letters.every((letter, at) => at < period || letter === letters[at - period]))
}

/** At least half of the letters follow the one before in the alphabet, either way, or repeat it. */
function isMostlyRuns(letters: readonly string[]): boolean {
  const points = letters.map((letter) => letter.codePointAt(0) ?? 0)
  const steps = points.slice(1).filter((point, at) => Math.abs(point - (points[at] ?? 0)) <= 1)
  return steps.length * 2 >= letters.length
}

/** Nothing but a few common passwords in a row, with or without its digits; so is a text without any letter. */
export function isCommon(text: string): boolean {
  return isCutIntoCommon(text.replaceAll(/[^\p{L}\p{N}]/gu, '')) || isCutIntoCommon(text.replaceAll(/\P{L}/gu, ''))
}

/** Has a word of these names in it, of at least four letters. Both in lower case and NFKC. */
export function containsName(text: string, names: readonly string[]): boolean {
  const words = names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u))
  return words.some((word) => word.length >= OWN_LETTERS_MIN && text.includes(word))
}

function isCutIntoCommon(text: string): boolean {
  let ends = new Set([0])
  for (let pieces = 0; pieces < COMMON_PIECES_MAX && !ends.has(text.length); pieces += 1)
    ends = new Set([...ends].flatMap((start) => commonEnds(text, start)))
  return ends.has(text.length)
}

function commonEnds(text: string, start: number): number[] {
  return Array.from({ length: COMMON_LENGTH_MAX }, (_, index) => start + index + 1).filter(
    (end) => end <= text.length && commonPasswords.has(text.slice(start, end)),
  )
}
