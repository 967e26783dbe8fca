/** The code of a total, as SDMX has it. */
export const TOTAL = '_T'

/** One declared cell as it is published. `shown` is null for everything hidden, whatever the reason. */
export type Figure = {
  /** A code of each dimension, in their order, or TOTAL. */
  readonly at: readonly string[]
  readonly shown: { readonly value: number; readonly low: number; readonly high: number } | null
}

/** All that is ever published of a release. Nothing in it depends on a hidden count. */
export type Table = {
  readonly id: string
  readonly population: string
  /** What is counted, in a sentence. */
  readonly unit: string
  readonly period: string
  /** Groups of fewer people than this are small. */
  readonly persons_least: number
  readonly rounding: number
  readonly dimensions: readonly { readonly name: string; readonly title: string; readonly codes: readonly string[] }[]
  readonly figures: readonly Figure[]
  /** Whether several organisations were counted together. */
  readonly isPooled: boolean
}

const TO_MEMBERS =
  'One or two of the organisations that were counted here cannot prove it of the others’ cases, for groups of fewer than 3.'

/** What the figures promise, and what they do not: it stands on every file. */
export const promiseOf = ({ isPooled, persons_least }: Table): string[] => [
  `With these figures, all earlier figures of the organisations counted here from this system and the program itself, nobody can prove that a group of fewer than ${persons_least} people in these tables is not empty, or that it has fewer than ${persons_least} members. These are cases that were reported to us, not all that happened.`,
  ...(isPooled ? [TO_MEMBERS] : []),
  'Not promised: likelihood (only proof is excluded), lists held elsewhere, figures that another organisation publishes, and texts published apart from these tables.',
]

/** How to read the figures. */
export const notesOf = ({ unit, rounding }: Table): string[] => [
  unit,
  `Counts are rounded to ${String(rounding)}; value_low and value_high bound the count behind them. Totals may differ from the sum of their parts.`,
  'Status A: shown. Status C: hidden, for one of several reasons that are not told apart; nothing follows about the count.',
]

/** Files are named by population and period, which are the question and not the answer. */
export const stem = ({ population, period }: Table): string => fileName(`${population}-${period}`)

/** What a name leaves of itself in the name of a file. */
export const fileName = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')

export const columnsOf = ({ dimensions }: Table): string[] => [
  ...dimensions.map(({ name }) => name),
  'period',
  'value',
  'value_low',
  'value_high',
  'status',
]

/** One row for each declared cell, in the order of the codes: hidden and shown rows have the same columns. */
export const rowsOf = ({ figures, period }: Table): (string | number)[][] =>
  figures.map(({ at, shown }) =>
    shown === null ? [...at, period, '', '', '', 'C'] : [...at, period, shown.value, shown.low, shown.high, 'A'],
  )
