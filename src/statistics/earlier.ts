import { type DimensionName, dimensionNames, dimensions, leavesOf, REST } from './dimensions.ts'
import { isWithin, type Period, quartersOf } from './period.ts'
import type { At, Dimension, EarlierFact } from './protection/types.ts'
import { cellsAt, named } from './question.ts'
import { type CubeDefinition, marginsOf } from './schema.ts'
import type { PublicFigure } from './schema-figures.ts'
import type { LedgerEntry } from './schema-release.ts'

/** What a reader has beside a table of this period: earlier tables, and figures from elsewhere. */
export type Told = {
  readonly period: Period
  readonly ledger: readonly LedgerEntry[]
  readonly figures: readonly PublicFigure[]
}

/** In which quarter of a year a record was counted. It stands in no table of the year. */
export const QUARTER = 'quarter'
/** Came to be counted after its quarter was released. */
export const LATER = 'later'

const MORE_THAN_ANY = 1_000_000_000

/** Dimensions that stand in no table of this cube, and are there for what was told before. */
export function beside(definition: CubeDefinition, told: Told): Dimension[] {
  const names = dimensionNames.filter(
    (name) => !definition.dimensions.includes(name) && codesTold(told, name).length > 0,
  )
  const quarters = quartersOf(told.period)
  return [
    ...names.map((name) => ({ name, leaves: [...codesTold(told, name), REST], only_earlier: true })),
    ...(quarters.length === 0 ? [] : [{ name: QUARTER, leaves: [...quarters, LATER], only_earlier: true }]),
  ]
}

const codesTold = ({ ledger, figures }: Told, name: DimensionName): string[] => {
  const inTables = ledger.flatMap(({ definition }) =>
    definition.dimensions.includes(name) ? leavesOf(definition, name) : [],
  )
  const alone = figures.flatMap(({ at }) => at[name] ?? [])
  return [...new Set([...inTables, ...alone])].filter((code) => code !== REST)
}

/** Whether a figure can be set beside the cube: each of its codes stands apart there, or is of another thing. */
export const fits = ({ at }: PublicFigure, definition: CubeDefinition): boolean =>
  dimensionNames.every((name) => {
    const code = at[name]
    if (code === undefined) return true
    if (definition.dimensions.includes(name)) return leavesOf(definition, name).includes(code)
    return definition.dimensions.every((other) => dimensions[other].shares !== dimensions[name].shares)
  })

/** All that was told, as bounds on counts. */
export const factsFor = (definition: CubeDefinition, told: Told): EarlierFact[] => [
  ...told.ledger.flatMap((entry) => (entry.period === told.period ? shownIn(entry) : quarterIn(entry))),
  ...told.figures.flatMap((figure) => figureIn(figure, told)),
  ...untold(definition, told),
]

/** A table of the same people: what it hid is a cell of the new one too, and promised there. */
const shownIn = ({ definition, figures }: LedgerEntry): EarlierFact[] =>
  figures.flatMap(({ at, shown }) =>
    shown === null ? [] : [{ at: named(definition, at), lo: shown.low, hi: shown.high }],
  )

/** A quarter of the year: what it showed is known, and what it hid is promised again. */
const quarterIn = ({ definition, period, figures }: LedgerEntry): EarlierFact[] =>
  figures.map(({ at, shown }) => {
    const cell = { ...named(definition, at), [QUARTER]: period }
    return shown === null ? hidden(cell) : { at: cell, lo: shown.low, hi: shown.high }
  })

/** What no table has told, and the year would by subtraction: the quarters without one, once others have theirs. */
function untold(definition: CubeDefinition, { period, ledger }: Told): EarlierFact[] {
  const quarters = quartersOf(period)
  if (quarters.length === 0 || ledger.every((entry) => entry.period === period)) return []
  const toldOf = new Set(ledger.map((entry) => entry.period))
  const parts = quarters.filter((part) => !toldOf.has(part))
  const cells = marginsOf(definition).flatMap((names) => cellsAt(definition, names))
  return parts.flatMap((part) => cells.map((cell) => hidden({ ...cell, [QUARTER]: part })))
}

const hidden = (at: At): EarlierFact => ({ at, lo: 0, hi: MORE_THAN_ANY, hidden: true })

/** Of a longer time, a figure tells how many there can be at most. */
function figureIn({ at, low, high, period }: PublicFigure, told: Told): EarlierFact[] {
  const cell = Object.fromEntries(Object.entries(at))
  if (period === told.period) return [{ at: cell, lo: low, hi: high }]
  if (quartersOf(told.period).includes(period)) return [{ at: { ...cell, [QUARTER]: period }, lo: low, hi: high }]
  return isWithin(told.period, period) ? [{ at: cell, lo: 0, hi: high }] : []
}
