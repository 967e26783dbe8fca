import { z } from 'zod'
import { Money } from '../assistance/schema.ts'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'

const day = z.iso.date().regex(/^20/)

export const IndicatorQuery = z
  .strictObject({ from: day, to: day, programme_id: idOf('programmes').optional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is before from' })
export type IndicatorQuery = z.output<typeof IndicatorQuery>

const Count = z.object({ code: z.string(), count: z.int() })
export type Count = z.output<typeof Count>
const counts = z.array(Count)

/** The indicators of the model that the organisation's own records answer, for the coordinators' eyes. */
export const IndicatorFigures = z.object({
  I01: z.object({
    persons: z.int(),
    new: z.int(),
    carried_over: z.int(),
    victims: z.int(),
    family: z.int(),
    by_sex: counts,
    by_age_band: counts,
    by_country: counts,
  }),
  I02: z.object({ by_kind: counts, by_fund_category: counts }),
  I03: z.object({
    entries: z.int(),
    units: z.int(),
    by_kind: z.array(Count.extend({ units: z.int() })),
  }),
  I04: z.object({ documented: z.int(), by_kind: counts }),
  I09: z.object({
    made: z.int(),
    proposed: z.int(),
    accepted: z.int(),
    completed: z.int(),
    median_days_to_acceptance: z.number().nullable(),
  }),
  I10: z.object({
    grants: z.object({ number: z.int(), people: z.int() }),
    relocations: z.object({ number: z.int(), persons: z.int(), amounts: z.array(Money) }),
  }),
  I11: z.object({ victims: z.int(), by_sex: counts, by_age_band: counts }),
})
export type IndicatorFigures = z.output<typeof IndicatorFigures>

export const Indicators = z.object({
  from: day,
  to: day,
  programme_id: idOf('programmes').nullable(),
  warning: z.string(),
  figures: secretOf(IndicatorFigures),
  not_answered: z
    .array(z.enum(['I05', 'I06', 'I07', 'I08']))
    .meta({ description: 'Of proceedings and complaints, whose facts only the teams of the cases can open' }),
})
export type Indicators = z.output<typeof Indicators>
