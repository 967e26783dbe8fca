import type { CubeDefinition } from '../../../src/statistics/protection/types.ts'
import { type At, type Cell, type Dim, insideOf, keyOf, leavesIn, type Published } from './published.ts'

// How tables are often published, to see that the attacks bite.

type Rows = readonly (readonly number[])[]
export type Naive = { readonly dims: readonly Dim[]; readonly rows: Rows; readonly threshold: number }

export const counterOf =
  (dims: readonly Dim[], rows: Rows) =>
  (at: At): number =>
    rows.filter(insideOf(dims, at)).length

/** All cells that a cube without groups shows or hides. */
export const cellsIn = ({ dims, margins }: CubeDefinition): At[] =>
  dims
    .filter((dim) => dim.only_earlier !== true)
    .reduce<At[]>(
      (all, { name, leaves }) => all.flatMap((at) => [at, ...leaves.map((leaf) => ({ ...at, [name]: leaf }))]),
      [{}],
    )
    .filter((at) => Object.keys(at).length <= margins)

/** All that is not small, as it is. */
export function thresholdOnly({ dims, rows, threshold }: Naive, cells: readonly At[]): Published {
  const count = counterOf(dims, rows)
  const shown = cells.map((at): Cell => {
    const value = count(at)
    return value < threshold ? { at, hidden: true } : { at, lo: value, hi: value }
  })
  return { dims, cells: shown }
}

/** The textbook rule: and where one part of a total is hidden alone, the smallest other part too. */
export function smallestOther(naive: Naive, cells: readonly At[]): Published {
  const { dims } = naive
  const shown = new Map(thresholdOnly(naive, cells).cells.map((cell) => [keyOf(cell.at), cell]))
  const lines = cells.flatMap((at) =>
    dims.filter(({ name }) => at[name] === undefined).map((dim) => partsOf(at, dim, shown)),
  )
  for (let isLonely = true; isLonely; ) {
    isLonely = false
    for (const keys of lines) {
      const parts = keys.map((key) => shown.get(key))
      const open = parts.flatMap((cell) => (cell?.lo === undefined ? [] : [cell]))
      const [smallest] = open.sort((a, b) => (a.lo ?? 0) - (b.lo ?? 0))
      if (parts.length - open.length !== 1 || smallest === undefined) continue
      shown.set(keyOf(smallest.at), { at: smallest.at, hidden: true })
      isLonely = true
    }
  }
  return { dims, cells: [...shown.values()] }
}

function partsOf(at: At, dim: Dim, cells: ReadonlyMap<string, Cell>): string[] {
  return leavesIn(dim, undefined)
    .map((leaf) => keyOf({ ...at, [dim.name]: leaf }))
    .filter((key) => cells.has(key))
}

/** Every count with fresh noise at each asking. */
export function noisy({ dims, rows }: Naive, cells: readonly At[], random: () => number): Published {
  const count = counterOf(dims, rows)
  const noise = () => Math.round((random() + random() + random() + random() - 2) * 6)
  return {
    dims,
    cells: cells.map((at) => {
      const value = count(at) + noise()
      return { at, lo: value, hi: value }
    }),
  }
}
