import { z } from 'zod'

/** A time of registration: a report enters one quarter for ever, whenever what it tells happened. */
export const Period = z
  .string()
  .regex(/^20\d\d(-Q[1-4]|-(0[1-9]|1[0-2]))?$/)
  .meta({
    description:
      'A year (2026), a quarter (2026-Q1) or, where it holds enough people, a month (2026-03) of registration',
  })
export type Period = z.output<typeof Period>

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const
const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'] as const
const MONTHS_OF_QUARTER = 3

/** Its first and last day. */
export function boundsOf(period: Period): { readonly from: string; readonly to: string } {
  const [year = '', part] = period.split('-')
  const [first, last] = monthsOf(part)
  const end = new Date(Date.UTC(Number(year), last, 0)).toISOString().slice(0, 10)
  return { from: `${year}-${String(first).padStart(2, '0')}-01`, to: end }
}

function monthsOf(part: string | undefined): readonly [first: number, last: number] {
  if (part === undefined) return [1, MONTHS.length]
  if (!part.startsWith('Q')) return [Number(part), Number(part)]
  const last = Number(part.slice(1)) * MONTHS_OF_QUARTER
  return [last - MONTHS_OF_QUARTER + 1, last]
}

export const isMonth = (period: Period): boolean => /-\d\d$/.test(period)

/** The quarters of a year; of anything shorter, none. */
export const quartersOf = (period: Period): Period[] =>
  period.includes('-') ? [] : QUARTERS.map((quarter) => `${period}-${quarter}`)

/** Whether a day lies in both: a quarter and its year, or twice the same. */
export function overlap(one: Period, other: Period): boolean {
  const [a, b] = [boundsOf(one), boundsOf(other)]
  return a.from <= b.to && b.from <= a.to
}

/** Whether each day of one lies in the other. */
export function isWithin(one: Period, other: Period): boolean {
  const [a, b] = [boundsOf(one), boundsOf(other)]
  return b.from <= a.from && a.to <= b.to
}
