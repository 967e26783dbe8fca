import type { At, CubeDefinition, Dimension, Records } from './types.ts'

const DIMS_MAX = 7
const MARGINS_MAX = 3

/** Why this cube or these records make no sense, in words that give no count away. */
export function whatIsWrong(cube: CubeDefinition, records: Records): string | undefined {
  return wrongCube(cube) ?? wrongDims(cube.dims) ?? wrongPlaces(cube) ?? wrongRecords(cube, records)
}

function wrongCube({ dims, margins, threshold, rounding, coin }: CubeDefinition): string | undefined {
  const demands: readonly (readonly [boolean, string])[] = [
    [dims.length > 0 && dims.length <= DIMS_MAX, 'A cube has one to seven dimensions.'],
    [isWhole(margins, 1) && margins <= MARGINS_MAX, 'Tables have one, two or three dimensions.'],
    [isWhole(threshold, 2), 'The threshold is a whole number of two or more.'],
    [isWhole(rounding, 1) && rounding <= threshold, 'Rounding is a whole number from one to the threshold.'],
    [coin >= 0 && coin < 1, 'The coin is a chance from nought to less than one.'],
  ]
  return demands.find(([holds]) => !holds)?.[1]
}

const isWhole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least

function wrongDims(dims: readonly Dimension[]): string | undefined {
  if (hasTwice(dims.map(({ name }) => name))) return 'Two dimensions have the same name.'
  for (const { name, leaves, groups = [] } of dims) {
    if (leaves.length === 0) return `Dimension ${name} has no leaves.`
    if (hasTwice([...leaves, ...groups.map((group) => group.name)])) return `Dimension ${name} has a code twice.`
    if (!groups.every((group) => group.leaves.length > 0 && group.leaves.every((leaf) => leaves.includes(leaf))))
      return `A group of dimension ${name} has a leaf that the dimension has not.`
  }
  return undefined
}

const hasTwice = (names: readonly string[]): boolean => new Set(names).size < names.length

function wrongPlaces({ dims, structural_zeros = [], pools = [] }: CubeDefinition): string | undefined {
  const isPlace = (cell: At) =>
    Object.entries(cell).every(([name, code]) => {
      const dim = dims.find((other) => other.name === name)
      return dim?.leaves.includes(code) === true || dim?.groups?.some((group) => group.name === code) === true
    })
  const places = [...structural_zeros, ...pools.map((pool) => pool.at)]
  return places.every(isPlace)
    ? undefined
    : 'An impossible combination or a pool speaks of a code that is not in the cube.'
}

function wrongRecords(
  { dims, organisations }: CubeDefinition,
  { rows, organisations: owners }: Records,
): string | undefined {
  const fits = (row: readonly number[]) =>
    row.length === dims.length && row.every((leaf, dim) => isWhole(leaf, 0) && leaf < (dims[dim]?.leaves.length ?? 0))
  if (!rows.every(fits)) return 'A record has a code that is not in the cube.'
  if (organisations === undefined || organisations.length === 0) return undefined
  const known =
    owners?.length === rows.length && owners.every((owner) => isWhole(owner, 0) && owner < organisations.length)
  return known ? undefined : 'A record has no organisation.'
}
