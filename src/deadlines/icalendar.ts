import { Temporal } from 'temporal-polyfill'

type Day = { readonly id: string; readonly kind: string; readonly version: number; readonly due_on: string }

const compact = (day: string): string => day.replaceAll('-', '')
const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** A calendar of whole days (RFC 5545) that tells the kind of each and nothing else. No line needs folding. */
export function iCalendar(days: readonly Day[], now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Guvoh//Deadlines//EN',
    'METHOD:PUBLISH',
    ...days.flatMap((day) => eventLines(day, now)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${line}\r\n`).join('')
}

const eventLines = ({ id, kind, version, due_on }: Day, now: Date): string[] => [
  'BEGIN:VEVENT',
  `UID:${id}`,
  `DTSTAMP:${stamp(now)}`,
  `SEQUENCE:${String(version - 1)}`,
  `DTSTART;VALUE=DATE:${compact(due_on)}`,
  `DTEND;VALUE=DATE:${compact(Temporal.PlainDate.from(due_on).add({ days: 1 }).toString())}`,
  `SUMMARY:Deadline (${kind.replaceAll('_', ' ')})`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]
