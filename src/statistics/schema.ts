import { z } from 'zod'

const Year = z.string().regex(/^(19|20)\d\d$/)

/** What can be counted so far: victims, by these three together. */
export const ExportRequest = z.strictObject({
  population: z.literal('victims').default('victims'),
  dimensions: z
    .tuple([z.literal('violation'), z.literal('country'), z.literal('year')])
    .default(['violation', 'country', 'year']),
  from: Year.optional().meta({ description: 'The first year of the event to print' }),
  to: Year.optional().meta({ description: 'The last year of the event to print' }),
})
export type ExportRequest = z.output<typeof ExportRequest>

export const ExportReply = z.string().meta({ description: 'CSV in UTF-8; the lines before the columns begin with #' })
