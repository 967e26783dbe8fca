import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysLeft, lastDay } from '../../src/deadlines/reckon.ts'

const DAY_MS = 86_400_000
const calendar = { weekend: [6, 7], every_year: ['01-01', '03-21', '05-09'], days_off: ['2026-03-20', '2027-06-07'] }

/** The same terms by counting days one at a time on a Date, as one would with a paper calendar. */
const paper = {
  text: (at: number) => new Date(at).toISOString().slice(0, 10),
  isOff(at: number) {
    const weekday = new Date(at).getUTCDay()
    const text = paper.text(at)
    return (
      weekday === 0 || weekday === 6 || calendar.every_year.includes(text.slice(5)) || calendar.days_off.includes(text)
    )
  },
  calendar_days: (at: number, number: number) => at + number * DAY_MS,
  working_days(from: number, number: number) {
    let at = from
    for (let found = 0; found < number; ) {
      at += DAY_MS
      if (!paper.isOff(at)) found += 1
    }
    return at
  },
  months(from: number, number: number) {
    const start = new Date(from)
    const month = start.getUTCMonth() + number
    const last = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate()
    return Date.UTC(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), last))
  },
}

const days = fc.integer({ min: Date.UTC(2000, 0, 1) / DAY_MS, max: Date.UTC(2060, 0, 1) / DAY_MS })
const units = fc.constantFrom('calendar_days', 'working_days', 'months')
const ends = fc.constantFrom('stays', 'next_working_day')
const terms = fc.record({ unit: units, number: fc.integer({ min: 1, max: 400 }), end: ends })

test('a term ends on the day that counting on paper gives', () => {
  fc.assert(
    fc.property(days, terms, (day, { unit, number, end }) => {
      const from = day * DAY_MS
      let expected = paper[unit](from, number)
      while (end === 'next_working_day' && paper.isOff(expected)) expected += DAY_MS

      expect(lastDay(paper.text(from), { count: { unit, number }, end }, calendar)).toBe(paper.text(expected))
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['2025-08-31', 6, '2026-02-28'],
  ['2023-08-31', 6, '2024-02-29'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2025-12-09', 6, '2026-06-09'],
])('of %s and %i months comes %s', (from, number, to) => {
  expect(lastDay(from, { count: { unit: 'months', number }, end: 'stays' }, calendar)).toBe(to)
})

test('a calendar without a working day ends the search', () => {
  const never = { weekend: [1, 2, 3, 4, 5, 6, 7], every_year: [], days_off: [] }

  expect(lastDay('2026-01-01', { count: { unit: 'calendar_days', number: 1 }, end: 'next_working_day' }, never)).toBe(
    '2027-01-03',
  )
})

test('the day ends where the deadline is, not in Greenwich', () => {
  const lateEvening = new Date('2026-03-09T18:30:00Z')

  const left = ['Asia/Bishkek', 'Asia/Tashkent', 'Asia/Almaty'].map((zone) =>
    daysLeft(lateEvening, { due_on: '2026-03-10', zone }),
  )

  expect(left).toEqual([0, 1, 1])
})
