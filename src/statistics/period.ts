import { z } from 'zod'

/** A quarter or a year of registration: a report enters one quarter for ever, whenever what it tells happened. */
export const Period = z
  .string()
  .regex(/^20\d\d(-Q[1-4])?$/)
  .meta({ description: 'A quarter (2026-Q1) or a year (2026) of registration' })
export type Period = z.output<typeof Period>

const FIRST_DAYS = ['01-01', '04-01', '07-01', '10-01'] as const
const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31'] as const

/** Its first and last day. */
export function boundsOf(period: Period): { readonly from: string; readonly to: string } {
  const year = period.slice(0, 4)
  const quarter = period.length > 4 ? Number(period.slice(-1)) : undefined
  const first = FIRST_DAYS[(quarter ?? 1) - 1] ?? FIRST_DAYS[0]
  const last = LAST_DAYS[(quarter ?? 4) - 1] ?? LAST_DAYS[3]
  return { from: `${year}-${first}`, to: `${year}-${last}` }
}

/** Whether a day lies in both: a quarter and its year, or twice the same. */
export const overlap = (one: Period, other: Period): boolean => one.startsWith(other) || other.startsWith(one)
