import type { Facts } from './facts.ts'
import { at, cellIn, type Layout } from './layout.ts'
import type { Witness } from './types.ts'

type Truth = { readonly layout: Layout; readonly rows: readonly (readonly number[])[]; readonly counts: Int32Array }

/** What is counted in the other data, cell by cell where it differs, in whole numbers and apart from the search. */
export function recount({ layout, rows, counts }: Truth, witness: Witness): Map<number, number> {
  const there = new Map<number, number>()
  const add = (cell: number, change: number) => there.set(cell, (there.get(cell) ?? at(counts, cell)) + change)
  for (const [record = -1, ...codes] of witness)
    for (const table of layout.tables) {
      add(cellIn(table, at(rows, record)), -1)
      add(cellIn(table, codes), 1)
    }
  return there
}

/** Only differences need a look: the real data fit. */
export function mustFit(facts: Facts, there: ReadonlyMap<number, number>): void {
  for (const [cell, count] of there)
    if (count < at(facts.lo, cell) || count > at(facts.hi, cell)) throw new Error('a witness does not fit the facts')
}
