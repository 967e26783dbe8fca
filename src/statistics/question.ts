import { dimensions, type DimensionName, leavesOf, REST } from './dimensions.ts'
import type { At, CandidatePool, CubeDefinition as Protected, Dimension, Records, Verdict } from './protection/types.ts'
import { populations } from './populations.ts'
import { TOTAL } from './publication/table.ts'
import { type CubeDefinition, marginsOf } from './schema.ts'
import type { Figure, Snapshot } from './schema-release.ts'

/** Fewer persons than this are small. It stands in the promise. */
export const THRESHOLD = 10
/** Shown counts are rounded to this. */
export const ROUNDING = 5
/** The chances of the coin: of a cell of one dimension, and of more. */
export const COIN = { one: 0.01, more: 0.05 } as const
/** More units than this are not protected in one go. */
const UNITS_MAX = 50_000

/** In units: of acts it takes several to be sure of so many persons. */
export const thresholdOf = ({ population }: CubeDefinition): number =>
  THRESHOLD * populations[population].unitsPerPerson

/** Whose record it is, where several organisations are counted together. It stands in no table. */
export const ORGANISATION = 'organisation'

/** The cube as the protector asks for it, with what is there for earlier figures alone. */
export function cubeFor(definition: CubeDefinition, onlyEarlier: readonly Dimension[]): Protected {
  const own = definition.dimensions.map((name) => {
    const { isSensitive, isRecognisable } = dimensions[name]
    return { name, leaves: leavesOf(definition, name), sensitive: isSensitive, recognisable: isRecognisable }
  })
  return {
    dims: [...own, ...onlyEarlier],
    margins: definition.margins,
    threshold: thresholdOf(definition),
    rounding: ROUNDING,
    coin: COIN.more,
    pools: poolsOf(definition),
  }
}

/** The one number a cube is declared with bounds every cell that others could recognise somebody in. */
function poolsOf(definition: CubeDefinition): CandidatePool[] {
  const { candidate_pool: persons } = definition
  if (persons === null) return []
  return marginsOf(definition)
    .filter((names) => names.some((name) => dimensions[name].isRecognisable))
    .flatMap((names) => cellsAt(definition, names))
    .map((at) => ({ at, persons }))
}

export const cellsAt = (definition: CubeDefinition, names: readonly DimensionName[]): At[] =>
  names.reduce<At[]>(
    (cells, name) => cells.flatMap((at) => leavesOf(definition, name).map((leaf) => ({ ...at, [name]: leaf }))),
    [{}],
  )

/** The same over several organisations: each, and each two of them, may know their own. */
export const pooled = (cube: Protected, organisations: readonly string[]): Protected => ({
  ...cube,
  dims: [...cube.dims, { name: ORGANISATION, leaves: organisations, only_earlier: true }],
  organisations,
  organisation_dimension: ORGANISATION,
  pairs: true,
})

/** One row a unit. Undefined when there are too many of them. */
export function recordsFor({ dims, organisations }: Protected, { records }: Snapshot): Records | undefined {
  const indexes = dims.map(({ leaves }) => new Map(leaves.map((leaf, index) => [leaf, index])))
  if (records.reduce((sum, { units }) => sum + units, 0) > UNITS_MAX) return undefined
  const rows = records.flatMap(({ units, codes }) => {
    const row = dims.map(
      ({ name }, axis) => indexes[axis]?.get(codes[name] ?? '') ?? indexes[axis]?.get(REST) ?? outside(name),
    )
    return Array.from({ length: units }, () => row)
  })
  if (organisations === undefined) return { rows }
  const axis = dims.findIndex(({ name }) => name === ORGANISATION)
  return { rows, organisations: rows.map((row) => row[axis] ?? 0) }
}

function outside(name: string): never {
  throw new Error(`a record has a code of ${name} that the list does not have`)
}

/** A cell of a published table, as the protector names it. */
export const named = ({ dimensions: names }: CubeDefinition, at: readonly string[]): At =>
  Object.fromEntries(
    names.map((name, axis): [string, string] => [name, at[axis] ?? TOTAL]).filter(([, code]) => code !== TOTAL),
  )

/** The protector's cells as figures: margin by margin, each in the order of its codes. */
export function figuresOf(definition: CubeDefinition, { cells }: Extract<Verdict, { verdict: 'released' }>): Figure[] {
  const keyOf = (at: At) => definition.dimensions.map((name) => at[name] ?? TOTAL).join(' ')
  const known = new Map(cells.map((cell) => [keyOf(cell.at), cell]))
  return marginsOf(definition)
    .flatMap((names) => cellsAt(definition, names))
    .map((at) => {
      const cell = known.get(keyOf(at))
      const shown = cell !== undefined && 'value' in cell ? { value: cell.value, low: cell.lo, high: cell.hi } : null
      return { at: definition.dimensions.map((name) => at[name] ?? TOTAL), shown }
    })
}

/** Figures as the checker takes cells. */
export const cellsOf = (definition: CubeDefinition, figures: readonly Figure[]) =>
  figures.map(({ at, shown }) =>
    shown === null
      ? { at: named(definition, at), hidden: true }
      : { at: named(definition, at), lo: shown.low, hi: shown.high },
  )
