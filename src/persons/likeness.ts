import { consult, type Secret } from '../platform/crypto/secret.ts'
import { closeness, rootOf, wholeOf } from './closeness.ts'
import { type NameWord, wordsOf } from './skeleton.ts'

/** From here on two names may be one person's: worth a look before a second record is made. */
export const LIKELY = 0.888

const INITIAL = 0.85
const WITHOUT_VOWELS = 0.98
const EXTRA_WORD = 0.02
const ONLY_ONE_WORD = 0.9
const FOLDED_AND_NOT = 0.06
const MAN_AND_WOMAN = 0.04
const STRANGERS = 0.6
const LOST_SPACE = 0.99

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
  const apart = wordByWord(one, other)
  return apart < LIKELY && one.length !== other.length ? Math.max(apart, runTogether(one, other)) : apart
}

/** The same where the space between two words was lost: two that stand beside each other are read as one, either first. */
function runTogether(one: readonly NameWord[], other: readonly NameWord[]): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const read = long.slice(1).flatMap((second, at) => {
    const first = long[at]
    if (first === undefined) return []
    const [before, after] = [long.slice(0, at), long.slice(at + 2)]
    return [glued(first, second), glued(second, first)].map((word) => [...before, word, ...after])
  })
  return Math.max(0, ...read.map((name) => wordByWord(short, name))) * LOST_SPACE
}

const glued = (one: NameWord, other: NameWord): NameWord => ({
  ...other,
  full: one.whole + other.full,
  whole: one.whole + other.whole,
  initial: one.initial,
  isInitial: false,
})

function wordByWord(one: readonly NameWord[], other: readonly NameWord[]): number {
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
  const script = one.isArabic === other.isArabic ? 1 : WITHOUT_VOWELS
  const byRoot = closeness(rootOf(one), rootOf(other)) - penaltyOf(one, other)
  // A slip in the ending keeps it from being folded.
  if (one.isFolded === other.isFolded) return byRoot * script
  return Math.max(byRoot, closeness(wholeOf(one), wholeOf(other))) * script
}

function penaltyOf(one: NameWord, other: NameWord): number {
  if (one.isFolded !== other.isFolded) return FOLDED_AND_NOT
  return one.isFeminine === other.isFeminine ? 0 : MAN_AND_WOMAN
}
