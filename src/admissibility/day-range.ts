import { Temporal } from 'temporal-polyfill'

/** A day of which only the first and the last possible are known; they are one where it is known. */
export type DayRange = { readonly earliest: string; readonly latest: string }

export const exactly = (day: string): DayRange => ({ earliest: day, latest: day })

/** Whether a row has a day here, and not words that say why it has none. */
export const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text)

const LONG_AGO = '1900-01-01'

/** Any day until `on`. */
export const anyUntil = (on: string): DayRange => ({ earliest: LONG_AGO, latest: on })

/** `2024-03` is any day of that March. */
export function rangeOf(known: string): DayRange {
  if (known.length === 10) return exactly(known)
  if (known.length === 4) return { earliest: `${known}-01-01`, latest: `${known}-12-31` }
  const month = Temporal.PlainYearMonth.from(known)
  return { earliest: `${known}-01`, latest: month.toPlainDate({ day: month.daysInMonth }).toString() }
}

/** The first of several days, as far as they are known. */
export const firstOf = (days: readonly DayRange[]): DayRange | undefined => bound(days, 0)
/** The last of several days. */
export const lastOf = (days: readonly DayRange[]): DayRange | undefined => bound(days, -1)

function bound(days: readonly DayRange[], at: 0 | -1): DayRange | undefined {
  const earliest = days
    .map((day) => day.earliest)
    .toSorted()
    .at(at)
  const latest = days
    .map((day) => day.latest)
    .toSorted()
    .at(at)
  return earliest === undefined || latest === undefined ? undefined : { earliest, latest }
}

export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days
