import { z } from 'zod'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import { termCode } from '../vocabularies/service.ts'

// The first day on earth begins 14 hours before it begins in UTC.
const FIRST_DAY_SECONDS = 14 * 60 * 60

/** A calendar day of these two centuries. */
export const Day = z.iso.date().regex(/^(19|20)/)
const Month = z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/)
const Year = z.string().regex(/^(19|20)\d\d$/)

/** As much of a date as is known: `2024-03-17`, `2024-03` or `2024`. What is not known is not filled in. */
export const PartialDate = z
  .union([Day, Month, Year])
  .meta({ title: 'PartialDate', description: 'YYYY-MM-DD, YYYY-MM or YYYY' })

const certainty = termCode('date_certainties').optional()

/** When it happened, and how closely that is known. A range without `to` goes on. */
export const When = z
  .discriminatedUnion('precision', [
    z.strictObject({ precision: z.literal('day'), from: Day, certainty }),
    z.strictObject({ precision: z.literal('month'), from: Month, certainty }),
    z.strictObject({ precision: z.literal('year'), from: Year, certainty }),
    z.strictObject({ precision: z.literal('range'), from: PartialDate, to: PartialDate.optional(), certainty }),
    z.strictObject({ precision: z.literal('estimated'), from: PartialDate, to: PartialDate.optional(), certainty }),
    z.strictObject({ precision: z.literal('unknown') }),
  ])
  .meta({ title: 'When' })
export type When = z.output<typeof When>

/** Whether the date, or the part of it that is known, has begun somewhere on earth. */
export function hasBegun(date: string): boolean {
  return date <= dayOf(secondsAfter(new Date(), FIRST_DAY_SECONDS)).slice(0, date.length)
}

/** Whether `from` can lie before `to`, compared as far as both are known. */
export function canPrecede(from: string, to: string): boolean {
  const known = Math.min(from.length, to.length)
  return from.slice(0, known) <= to.slice(0, known)
}
