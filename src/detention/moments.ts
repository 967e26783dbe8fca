import { z } from 'zod'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'

const HOUR = 3_600_000
// The first day on earth begins 14 hours before it begins in UTC.
const FIRST_DAY_SECONDS = 14 * 60 * 60

const hasBegun = (moment: string) =>
  moment.slice(0, 10) <= dayOf(secondsAfter(new Date(), FIRST_DAY_SECONDS)).slice(0, moment.length)

const SHAPE = /^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])(:[0-5]\d)?)?)?)?$/

const isReal = (moment: string) =>
  moment.length < 10 || new Date(`${moment.slice(0, 10)}T00:00Z`).toISOString().startsWith(moment.slice(0, 10))

/** As much of a moment as is known, on the clock of the place: 2024, 2024-03, 2024-03-17, 2024-03-17T09 or 2024-03-17T09:40. */
export const Moment = z
  .string()
  .regex(SHAPE)
  .refine((moment) => !SHAPE.test(moment) || (isReal(moment) && hasBegun(moment)), 'no such day, or a day to come')
  .meta({ title: 'Moment', description: 'YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDTHH or YYYY-MM-DDTHH:MM, local time' })

/** The first and the last instant that a moment can mean. Local clocks are compared as they stand. */
function spanOf(moment: string): readonly [number, number] {
  const begins = Date.parse(`${moment}${'0000-01-01T00:00'.slice(moment.length)}Z`)
  const next = new Date(begins)
  if (moment.length === 4) next.setUTCFullYear(next.getUTCFullYear() + 1)
  else if (moment.length === 7) next.setUTCMonth(next.getUTCMonth() + 1)
  else if (moment.length === 10) next.setUTCDate(next.getUTCDate() + 1)
  else if (moment.length === 13) next.setUTCHours(next.getUTCHours() + 1)
  else return [begins, begins]
  return [begins, next.getTime()]
}

/** Whether the one can lie before the other, as far as both are known. */
export function canPrecede(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return true
  const [first] = spanOf(from)
  const [begins, ends] = spanOf(to)
  return first <= begins || first < ends
}

/** The hours from one moment to another: no narrower than the two are known. Null when one is missing. */
export function hoursBetween(from: string | undefined, to: string | undefined) {
  if (from === undefined || to === undefined) return null
  const [earliest, latest] = spanOf(from)
  const [first, last] = spanOf(to)
  return { at_least: inHours(Math.max(0, first - latest)), at_most: inHours(Math.max(0, last - earliest)) }
}

const inHours = (milliseconds: number) => Math.round((milliseconds / HOUR) * 10) / 10

/** For sorting: what is not known comes last. */
export const beginsAt = (moment: string | undefined): number =>
  moment === undefined ? Number.POSITIVE_INFINITY : spanOf(moment)[0]
