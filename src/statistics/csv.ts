import { stringify } from 'csv-stringify/sync'
import type { Cube } from './count.ts'
import { type Entries, entriesAt, positionOf } from './grid.ts'

const TOTAL = 'total'
const HIDDEN = 'c'

const head = [
  'Unit: victims. A person counts once in each cell, a group by its number.',
  'Totals are sums: a person who suffered two violations counts twice in a total over violations.',
  'Somebody who stands in two reports counts in both.',
  'Counted are accepted reports to one organisation: what was reported, not all that happened.',
  'Year: the year in which it began.',
  'c: hidden. Counts of fewer than 5 persons, zero among them, are hidden, and others with them, so that no sum gives them back.',
  'A code that does not stand here is hidden too.',
  'Do not publish two tables of overlapping reports: the difference between them can give away a single person.',
]

type Years = { readonly from?: string | undefined; readonly to?: string | undefined }

/**
 * One row for each cell and margin of the codes whose own total is shown, so that the list of codes says nothing more.
 * A period picks rows of the one protected table and never makes another, whose difference from it could be taken.
 */
export function toCsv({ axes, table: { sizes, counts } }: Cube, hidden: readonly boolean[], years: Years): string {
  const isAsked = (year: string) => (years.from ?? year) <= year && year <= (years.to ?? year)
  const isPart = years.from !== undefined || years.to !== undefined
  const labels = axes.map((codes) => [...codes, TOTAL])

  const isListed = (entry: number, axis: number): boolean => {
    const label = labels[axis]?.[entry] ?? TOTAL
    if (axis === sizes.length - 1 && isPart && !(/^\d/.test(label) && isAsked(label))) return false
    return label === TOTAL || hidden[marginOf(sizes, axis, entry)] === false
  }
  const rows = counts
    .map((count, position) => ({
      entries: entriesAt(sizes, position),
      count: hidden[position] === false ? count : HIDDEN,
    }))
    .filter(({ entries }) => entries.every(isListed))
    .map(({ entries, count }) => [...entries.map((entry, axis) => labels[axis]?.[entry] ?? TOTAL), count])

  const columns = ['violation', 'country', 'year', 'victims']
  return `${head.map((line) => `# ${line}\n`).join('')}${stringify(rows, { header: true, columns, escape_formulas: true })}`
}

/** The total of one code over the other axes. */
function marginOf(sizes: readonly number[], axis: number, entry: number): number {
  const entries: Entries = sizes.map((size, other) => (other === axis ? entry : size - 1))
  return positionOf(sizes, entries)
}
