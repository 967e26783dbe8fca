import type { ReleasedCell } from '../../src/statistics/protection/types.ts'
import { type Figure, type Table, TOTAL } from '../../src/statistics/publication/table.ts'
import type { Input } from './input.ts'

type Told = Pick<Input, 'cube' | 'population' | 'period'> & { readonly id: string }

/** Cells as the service publishes a table, in all its formats. */
export function tableOf({ id, cube, population, period }: Told, cells: readonly ReleasedCell[]): Table {
  const dims = cube.dims.filter((dim) => dim.only_earlier !== true)
  const figures = cells.map(
    (cell): Figure => ({ at: dims.map(({ name }) => cell.at[name] ?? TOTAL), shown: shownIn(cell) }),
  )
  return {
    id,
    population,
    period,
    figures,
    unit: `Counted: ${population}, one for each record.`,
    persons_least: cube.threshold,
    rounding: cube.rounding,
    isPooled: 'organisations' in cube,
    dimensions: dims.map(({ name, leaves, groups = [] }) => ({
      name,
      title: name,
      codes: [...leaves, ...groups.map((group) => group.name)],
    })),
  }
}

function shownIn(cell: ReleasedCell): Figure['shown'] {
  if ('hidden' in cell) return null
  if ('structural_zero' in cell) return { value: 0, low: 0, high: 0 }
  return { value: cell.value, low: cell.lo, high: cell.hi }
}
