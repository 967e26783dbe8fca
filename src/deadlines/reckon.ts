import { Temporal } from 'temporal-polyfill'
import type { Count, DeadlineRule, WorkCalendar } from '../reference/schema.ts'

type WorkDays = Pick<WorkCalendar, 'weekend' | 'every_year' | 'days_off'>
type Term = Pick<DeadlineRule, 'count' | 'end'>

/** A year without a working day is a broken calendar, not a long holiday. */
const ROLL_MAX = 366

/** The last day of a term. The day of the trigger is not counted; a month that lacks the day ends on its last. */
export function lastDay(trigger_on: string, { count, end }: Term, calendar: WorkDays): string {
  const reached = counted(Temporal.PlainDate.from(trigger_on), count, calendar)
  return (end === 'stays' ? reached : rolled(reached, calendar)).toString()
}

function counted(from: Temporal.PlainDate, { unit, number }: Count, calendar: WorkDays): Temporal.PlainDate {
  if (unit === 'months') return from.add({ months: number })
  if (unit === 'calendar_days') return from.add({ days: number })
  let day = from
  for (let left = number; left > 0; left -= 1) day = rolled(day.add({ days: 1 }), calendar)
  return day
}

/** The day itself, or the next one on which people work. */
function rolled(from: Temporal.PlainDate, calendar: WorkDays): Temporal.PlainDate {
  let day = from
  for (let tried = 0; isOff(day, calendar) && tried < ROLL_MAX; tried += 1) day = day.add({ days: 1 })
  return day
}

function isOff(day: Temporal.PlainDate, { weekend, every_year, days_off }: WorkDays): boolean {
  const text = day.toString()
  return weekend.includes(day.dayOfWeek) || every_year.includes(text.slice(5)) || days_off.includes(text)
}

/** How many days are left until `due_on`, as the clocks of `zone` have it. Negative: it is past. */
export function daysLeft(now: Date, { due_on, zone }: { due_on: string; zone: string }): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  return today.until(Temporal.PlainDate.from(due_on), { largestUnit: 'days' }).days
}
