import { consult, type Secret } from '../platform/crypto/secret.ts'
import { type NameWord, wordsOf } from './skeleton.ts'

/** From here on two names may be one person's: worth a look before a second record is made. */
export const LIKELY = 0.88

const INITIAL = 0.85
const WITHOUT_VOWELS = 0.97
const EXTRA_WORD = 0.02
const ONLY_ONE_WORD = 0.9
const FOLDED_AND_NOT = 0.06
const MAN_AND_WOMAN = 0.04
const STRANGERS = 0.6
const HALF = 0.5
const SHORT_WORD = 6
const SHORT_BONES = 4

const SAME_YEAR = 0.08
const OTHER_YEAR = 0.85

/** A person ready to be compared: each known name by its words, and the year of birth. */
export type Described = { readonly names: readonly NameWord[][]; readonly year: number | undefined }
type Named = { readonly names: readonly { readonly text: string }[]; readonly born?: string | undefined }

export const describe = ({ names, born }: Named): Described => ({
  names: names.map(({ text }) => wordsOf(text)),
  year: born === undefined ? undefined : Number(born.slice(0, 4)),
})

/** The same of a secret. What comes out is by sound, and stays in memory. */
export const describeWho = (who: Secret<Named>): Described => consult(who, describe)

/** Whether two are near enough to be looked at before they are taken for two. */
export const isLikelyOne = (one: Described, other: Described): boolean => personLikeness(one, other) >= LIKELY

/** By the likest of their names. A year of birth that agrees speaks for one person, one that does not against it. */
export function personLikeness(one: Described, other: Described): number {
  const scores = one.names.flatMap((mine) => other.names.map((theirs) => nameLikeness(mine, theirs)))
  const byName = Math.max(0, ...scores)
  if (one.year === undefined || other.year === undefined) return byName
  // Years are off by one where an age was turned into a year.
  const apart = Math.abs(one.year - other.year)
  if (apart > 1) return byName * OTHER_YEAR
  return apart === 0 ? Math.min(1, byName + SAME_YEAR) : byName
}

/** How alike two names are, 0 to 1, in any order of their words; initials and missing patronymics cost little. */
function nameLikeness(one: readonly NameWord[], other: readonly NameWord[]): number {
  if ([one, other].some((name) => name.every(({ isInitial }) => isInitial))) return 0
  if (one.length < other.length) return pairedLikeness(one, other)
  if (one.length > other.length) return pairedLikeness(other, one)
  // Words are paired off from one side: of two names of one length neither comes first.
  return Math.max(pairedLikeness(one, other), pairedLikeness(other, one))
}

function pairedLikeness(short: readonly NameWord[], long: readonly NameWord[]): number {
  const scores = pairUp(short, long)
  const mean = scores.reduce((sum, score) => sum + score, 0) / short.length
  const isStranger = scores.some((score) => score < STRANGERS)
  const alone = short.length === 1 && long.length > 1 ? ONLY_ONE_WORD : 1
  return isStranger ? mean / 2 : mean * alone - EXTRA_WORD * (long.length - short.length)
}

/** Each word of the shorter name takes the best that is left of the longer one, the surest pairs first. */
function pairUp(short: readonly NameWord[], long: readonly NameWord[]): number[] {
  const pairs = short.flatMap((word, mine) =>
    long.map((other, theirs) => ({ mine, theirs, score: wordLikeness(word, other) })),
  )
  const [taken, matched] = [new Set<number>(), new Map<number, number>()]
  for (const { mine, theirs, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (matched.has(mine) || taken.has(theirs)) continue
    matched.set(mine, score)
    taken.add(theirs)
  }
  return [...matched.values()]
}

function wordLikeness(one: NameWord, other: NameWord): number {
  if (one.isInitial || other.isInitial) return one.initial === other.initial ? INITIAL : 0
  if (one.full === null || other.full === null)
    return closeness(one.bones, other.bones, SHORT_BONES) * WITHOUT_VOWELS - penaltyOf(one, other)
  const byRoot = closeness(one.full, other.full, SHORT_WORD) - penaltyOf(one, other)
  // A slip in the ending keeps it from being folded.
  return one.isFolded === other.isFolded ? byRoot : Math.max(byRoot, closeness(one.whole, other.whole, SHORT_WORD))
}

function penaltyOf(one: NameWord, other: NameWord): number {
  if (one.isFolded !== other.isFolded) return FOLDED_AND_NOT
  return one.isFeminine === other.isFeminine ? 0 : MAN_AND_WOMAN
}

/** 0 for what is less than half alike. In a short word one slip would weigh too much. */
function closeness(one: string, other: string, shortest: number): number {
  if (one === other) return 1
  const length = Math.max(one.length, other.length, shortest)
  return Math.max(0, 1 - distance(one, other, length / 2) / length)
}

const isVowel = (letter: string): boolean => letter === 'a' || letter === 'i' || letter === 'u'
const costOf = (letter: string): number => (isVowel(letter) ? HALF : 1)

const RELATED: Readonly<Record<string, string>> = {
  b: 'pv',
  p: 'b',
  d: 't',
  t: 'd',
  g: 'kh',
  k: 'gh',
  h: 'gk',
  j: 'C',
  C: 'j',
  z: 's',
  s: 'z',
  v: 'fb',
  f: 'v',
}

/** Vowels are confused among themselves, and so are the soft and the hard consonant of a pair. */
function changeCost(one: string, other: string): number {
  if (one === other) return 0
  if (isVowel(one) && isVowel(other)) return HALF
  return RELATED[one]?.includes(other) === true ? HALF : 1
}

type Row = readonly number[]

/** Letters to put in, leave out, change or swap (optimal string alignment); a vowel counts half. Infinity beyond `most`. */
function distance(one: string, other: string, most: number): number {
  let before: Row = []
  let row: Row = firstRow(other)
  for (let at = 0; at < one.length; at += 1) {
    const next = nextRow({ one, other, at }, before, row)
    if (Math.min(...row) > most && Math.min(...next) > most) return Infinity
    ;[before, row] = [row, next]
  }
  return cell(row, other.length)
}

const cell = (row: Row, at: number): number => row[at] ?? Infinity

function firstRow(other: string): Row {
  const row = [0]
  for (let at = 0; at < other.length; at += 1) row.push(cell(row, at) + costOf(other.charAt(at)))
  return row
}

function nextRow({ one, other, at }: { one: string; other: string; at: number }, before: Row, row: Row): Row {
  const letter = one.charAt(at)
  const left = costOf(letter)
  const next = [cell(row, 0) + left]
  for (let to = 0; to < other.length; to += 1) {
    const met = other.charAt(to)
    const isSwap = at > 0 && to > 0 && letter === other.charAt(to - 1) && one.charAt(at - 1) === met
    const swapped = isSwap ? cell(before, to - 1) + 1 : Infinity
    const changed = cell(row, to) + changeCost(letter, met)
    next.push(Math.min(cell(row, to + 1) + left, cell(next, to) + costOf(met), changed, swapped))
  }
  return next
}
