import { z } from 'zod'
import { FactsOutline } from './schema.ts'
import { IncidentReceipt, shapeOf } from './schema-replies.ts'
import { IncidentIdentity, IncidentLegal, IncidentNarrative } from './schema-texts.ts'

const reportShape = shapeOf(
  z.strictObject({
    facts: FactsOutline.partial({ verification: true }),
    narrative: IncidentNarrative,
    identity: IncidentIdentity.optional(),
    legal: IncidentLegal.optional(),
  }),
)

const key = z
  .string()
  .regex(/^[\x21-\x7e]{8,255}$/)
  .meta({ description: 'Plays the part of an Idempotency-Key for this report' })

/** Several reports at once, for phones that come back online. Each is checked on its own, so none spoils the others. */
export const ReportBatch = z.strictObject({
  reports: z
    .array(z.strictObject({ key, report: z.unknown().meta(reportShape) }))
    .min(1)
    .max(100),
})
export type ReportBatch = z.output<typeof ReportBatch>

/** What became of each report, in their order: a receipt or a problem. */
export const BatchOutcome = z.object({
  outcomes: z.array(
    z.object({
      key,
      status: z.int(),
      receipt: IncidentReceipt.optional(),
      problem: z.looseObject({ type: z.string(), title: z.string(), status: z.int() }).optional(),
    }),
  ),
})
export type BatchOutcome = z.output<typeof BatchOutcome>
