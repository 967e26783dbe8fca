import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { type DimensionName, dimensionNames, dimensions } from './dimensions.ts'
import { Period } from './period.ts'
import { populationNames, populations } from './populations.ts'

const COUNT_MAX = 1_000_000
const SOURCE_MAX = 500

const figureId = idOf('statistics_figures')

/**
 * What the public knows of these people from elsewhere: a report, a speech, a table made by hand. Every later release is
 * made as if its reader had it beside it.
 */
export const PublicFigure = z
  .strictObject({
    population: z.enum(populationNames),
    period: Period,
    at: z
      .partialRecord(z.enum(dimensionNames), z.string().max(60))
      .meta({ description: 'The codes of the cell that the figure is of; without any it is of all' }),
    low: z.int().min(0).max(COUNT_MAX).meta({ description: 'The least that it can be; as high where it is exact' }),
    high: z.int().min(0).max(COUNT_MAX),
    source: z.string().min(1).max(SOURCE_MAX).meta({ description: 'Where it stands, so that others find it' }),
  })
  .superRefine(({ population, at, low, high }, issues) => {
    const names = dimensionNames.filter((name) => at[name] !== undefined)
    const refuse = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
    if (low > high) refuse('low', 'is more than the highest that it can be')
    if (!names.every((name) => isCodeOf(population, name, at[name]))) refuse('at', 'has codes that are not known here')
    if (new Set(names.map((name) => dimensions[name].shares)).size < names.length)
      refuse('at', 'names two levels of the same codes')
  })
export type PublicFigure = z.output<typeof PublicFigure>

const isCodeOf = (population: (typeof populationNames)[number], name: DimensionName, code = ''): boolean =>
  populations[population].dimensions.includes(name) && dimensions[name].leaves.includes(code)

export const NewFigure = z.strictObject({ figure: secretOf(PublicFigure) })
export type NewFigure = z.output<typeof NewFigure>

export const EnteredFigure = z.object({
  id: figureId,
  entered_by: idOf('users'),
  entered_on: z.iso.date(),
  figure: secretOf(z.object({ ...PublicFigure.shape })),
})
export const FigurePath = z.strictObject({ id: figureId })
