import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { type DimensionName, dimensionNames, dimensions, leavesOf } from './dimensions.ts'
import { Period } from './period.ts'
import { populationNames, populations } from './populations.ts'

const CELLS_MAX = 4_000
const DIMENSIONS_MAX = 7

export const cubeId = idOf('statistics_cubes')
export const releaseId = idOf('statistics_releases')

type Codes = Readonly<Partial<Record<DimensionName, readonly string[]>>>
type Shape = { readonly dimensions: readonly DimensionName[]; readonly margins: number; readonly codes: Codes }

/** The sets of dimensions that are published together, the total first. */
export function marginsOf({ dimensions: names, margins }: Omit<Shape, 'codes'>): DimensionName[][] {
  const grown = (sets: DimensionName[][], name: DimensionName) => [...sets, ...sets.map((set) => [...set, name])]
  return names
    .reduce(grown, [[]])
    .filter((set) => set.length <= margins)
    .sort((a, b) => a.length - b.length)
}

const cellsOf = (shape: Shape): number =>
  marginsOf(shape).reduce((sum, set) => sum + set.reduce((cells, name) => cells * leavesOf(shape, name).length, 1), 0)

const areCodes = ({ dimensions: names, codes }: Shape): boolean =>
  dimensionNames.every((name) => {
    const apart = codes[name]
    if (apart === undefined) return true
    const known = apart.every((code) => dimensions[name].leaves.includes(code))
    return names.includes(name) && known && new Set(apart).size === apart.length
  })

/** What is counted and how it is broken down. Declared before anything is counted, and with no filter of its own. */
export const CubeDefinition = z
  .strictObject({
    population: z.enum(populationNames),
    dimensions: z.array(z.enum(dimensionNames)).min(1).max(DIMENSIONS_MAX),
    margins: z.int().min(1).max(3).default(2).meta({ description: 'How many dimensions stand together at most' }),
    codes: z
      .partialRecord(z.enum(dimensionNames), z.array(z.string().max(60)).min(1).max(100))
      .default({})
      .meta({ description: 'The codes that are told apart, by dimension; all others stand together as rest' }),
    candidate_pool: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .nullable()
      .default(null)
      .meta({ description: 'How many people could be in the smallest cell; needed with a region or an institution' }),
  })
  .superRefine((cube, issues) => {
    const at = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
    const own = populations[cube.population].dimensions
    const shared = cube.dimensions.map((name) => dimensions[name].shares)
    if (!cube.dimensions.every((name) => own.includes(name))) at('dimensions', 'are not all of this population')
    if (new Set(shared).size < shared.length) at('dimensions', 'stand twice, or are two levels of the same codes')
    if (!areCodes(cube)) at('codes', 'are not codes of its dimensions, or stand twice')
    if (cube.margins > cube.dimensions.length) at('margins', 'are more than there are dimensions')
    if (cube.candidate_pool === null && cube.dimensions.some((name) => dimensions[name].isRecognisable))
      at('candidate_pool', 'is needed where others can recognise who is counted: use the level above, or state it')
    if (cellsOf(cube) > CELLS_MAX) at('dimensions', 'make more cells than can be protected: use a level above')
  })
export type CubeDefinition = z.output<typeof CubeDefinition>

export const NewCube = z.strictObject({ definition: secretOf(CubeDefinition) })
export type NewCube = z.output<typeof NewCube>

export const Cube = z.object({
  id: cubeId,
  version: z.int(),
  declared_by: idOf('users'),
  declared_on: z.iso.date(),
  definition: secretOf(CubeDefinition),
})
export const CubePath = z.strictObject({ id: cubeId })
export const PeriodChoice = z.strictObject({ period: Period })

/** A cube to begin with. */
export const PresetList = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      definition: z.object({ ...CubeDefinition.shape }),
    }),
  ),
})
export type PresetList = z.output<typeof PresetList>

/** How much would be hidden, for the coordinator's eyes. Nothing of it is kept. */
export const Trial = z.object({
  outcome: z.enum(['passes', 'refused']),
  reason: z.string().nullable(),
  roll_up: z.object({ ...CubeDefinition.shape }).nullable(),
  cells: z.int(),
  cells_shown: z.int(),
  persons_shown: z
    .array(z.object({ dimensions: z.int(), share: z.number() }))
    .meta({ description: 'The share of all units that stands in shown cells, by how many dimensions stand together' }),
})
export type Trial = z.output<typeof Trial>

/** Counts of one's own organisation, as they are: to look at, and not to pass on. */
export const LookQuery = z.strictObject({
  population: z.enum(populationNames),
  by: z
    .string()
    .max(60)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(dimensionNames)).min(1).max(2))
    .meta({ type: 'string', description: 'One or two dimensions, with a comma between them' }),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})
export type LookQuery = z.output<typeof LookQuery>

const Counts = z.array(z.object({ codes: z.array(z.string()), count: z.int() }))
export const Look = z.object({
  unit: z.string(),
  warning: z.string(),
  dimensions: z.array(z.enum(dimensionNames)),
  counts: secretOf(Counts),
})
export type Look = z.output<typeof Look>
