import type { NameWord } from './skeleton.ts'

const HALF = 0.5
/** A slip leaves a letter out, puts one in or swaps two as often as it takes another; another name has another letter. */
const LEFT_OUT = 0.85
const SWAPPED = 0.85
const OTHER = 1.2
const UNWRITTEN = 0.05
const GLIDE = 0.2
/** In a short word one slip would weigh too much. */
const SHORTEST = 6

const VOWELS = 'aiu'
const isVowel = (letter: string): boolean => VOWELS.includes(letter)

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
  T: 'S',
  S: 'T',
  z: 's',
  s: 'z',
  v: 'fb',
  f: 'v',
}

type Sound = { readonly text: string; readonly isArabic: boolean }

/** How alike two words are by sound, 0 to 1; 0 for what is less than half alike. */
export function closeness(one: Sound, other: Sound): number {
  if (one.text === other.text) return 1
  const length = Math.max(one.text.length, other.text.length, SHORTEST)
  const costs = costsBetween(one, other)
  return Math.max(0, 1 - distance([one.text, other.text], costs, length / 2) / length)
}

/** By the root, and where a slip kept an ending from being folded, by the whole word. */
export const rootOf = ({ full, isArabic }: NameWord): Sound => ({ text: full, isArabic })
export const wholeOf = ({ whole, isArabic }: NameWord): Sound => ({ text: whole, isArabic })

/** What it costs to leave a letter out of the one, to leave it out of the other, and to take one for the other. */
type Costs = {
  readonly one: (letter: string) => number
  readonly other: (letter: string) => number
  readonly change: (mine: string, theirs: string) => number
}

const missing = (letter: string): number => (isVowel(letter) ? HALF : LEFT_OUT)
/** A short vowel stands in one script and not in the other. */
const unwritten = (letter: string): number => (isVowel(letter) ? UNWRITTEN : LEFT_OUT)

/** Vowels are confused among themselves, and so are the soft and the hard consonant of a pair. `C` may be either of two. */
function changeCost(one: string, other: string): number {
  if (one === other || isEither(one, other) || isEither(other, one)) return 0
  if (isVowel(one) && isVowel(other)) return HALF
  return RELATED[one]?.includes(other) === true ? HALF : OTHER
}

const isEither = (one: string, other: string): boolean => one === 'C' && (other === 'S' || other === 'T')

/** One letter is u and v there, and one is i and y. */
function crossCost(arabic: string, other: string): number {
  if (arabic === 'u' && other === 'v') return 0
  return isVowel(arabic) && isVowel(other) && arabic !== other ? GLIDE : changeCost(arabic, other)
}

const sameScript: Costs = { one: missing, other: missing, change: changeCost }
const fromArabic: Costs = { one: missing, other: unwritten, change: crossCost }
const toArabic: Costs = { one: unwritten, other: missing, change: (mine, theirs) => crossCost(theirs, mine) }

function costsBetween(one: Sound, other: Sound): Costs {
  if (one.isArabic === other.isArabic) return sameScript
  return one.isArabic ? fromArabic : toArabic
}

type Row = readonly number[]
type Pair = readonly [one: string, other: string]

/** Letters to put in, leave out, change or swap (optimal string alignment). Infinity beyond `most`. */
function distance([one, other]: Pair, costs: Costs, most: number): number {
  let before: Row = []
  let row: Row = firstRow(other, costs)
  for (let at = 0; at < one.length; at += 1) {
    const next = nextRow({ one, other, at, costs }, before, row)
    if (Math.min(...row) > most && Math.min(...next) > most) return Infinity
    ;[before, row] = [row, next]
  }
  return cell(row, other.length)
}

const cell = (row: Row, at: number): number => row[at] ?? Infinity

function firstRow(other: string, costs: Costs): Row {
  const row = [0]
  for (let at = 0; at < other.length; at += 1) row.push(cell(row, at) + costs.other(other.charAt(at)))
  return row
}

type Step = { readonly one: string; readonly other: string; readonly at: number; readonly costs: Costs }

function nextRow({ one, other, at, costs }: Step, before: Row, row: Row): Row {
  const letter = one.charAt(at)
  const left = costs.one(letter)
  const next = [cell(row, 0) + left]
  for (let to = 0; to < other.length; to += 1) {
    const met = other.charAt(to)
    const isSwap = at > 0 && to > 0 && letter === other.charAt(to - 1) && one.charAt(at - 1) === met
    const swapped = isSwap ? cell(before, to - 1) + SWAPPED : Infinity
    const changed = cell(row, to) + costs.change(letter, met)
    next.push(Math.min(cell(row, to + 1) + left, cell(next, to) + costs.other(met), changed, swapped))
  }
  return next
}
