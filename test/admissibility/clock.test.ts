import { expect, test } from 'vitest'
import type { Elsewhere } from '../../src/admissibility/schema.ts'
import type { StateExhaustion } from '../../src/proceedings/schema.ts'
import { answerOf, claimOf, reasonIn, remedies, TODAY } from './rows.ts'

// Each line was worked out by hand from the row of schemas/reference that it names, not from the program.

// deadline_rules.json: six months, a year, five years from the day on which the last decision was received.
const clocks: [mechanism: string, served: string, last: string, after: string, code: string, effect: string][] = [
  ['CERD-14', '2026-01-31', '2026-07-31', '2026-08-01', 'late', 'bars'],
  ['CERD-14', '2025-08-31', '2026-02-28', '2026-03-01', 'late', 'bars'],
  ['CESCR-OP', '2025-03-10', '2026-03-10', '2026-03-11', 'late', 'bars'],
  ['CESCR-OP', '2024-02-29', '2025-02-28', '2025-03-01', 'late', 'bars'],
  ['CRC-OPIC', '2025-03-10', '2026-03-10', '2026-03-11', 'late', 'bars'],
  ['CCPR-OP1', '2021-06-15', '2026-06-15', '2026-06-16', 'late_may_be_abuse', 'doubts'],
  ['CCPR-OP1', '2020-02-29', '2025-02-28', '2025-03-01', 'late_may_be_abuse', 'doubts'],
]
type Asked = Partial<StateExhaustion> & { is_late_explained?: boolean }
const asked = (mechanism: string, on: string, { is_late_explained = false, ...more }: Asked) =>
  answerOf(mechanism, claimOf({ on, is_late_explained, remedies: remedies({ final_decided_on: null, ...more }) }))
const row = (mechanism: string) => `deadline_rules/${mechanism}-FILING`
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

test.each(clocks)('%s served %s: the day before the last, %s', (mechanism, served, last) => {
  const answer = asked(mechanism, dayBefore(last), { final_served_on: served })
  expect(reasonIn(answer, 'in_time')).toEqual(['passes', row(mechanism)])
  if (answer.status !== 'closed') expect([answer.last_day, answer.days_left]).toEqual([last, 1])
})
test.each(clocks)('%s served %s: the last day, %s', (mechanism, served, last) => {
  expect(reasonIn(asked(mechanism, last, { final_served_on: served }), 'in_time')).toEqual(['passes', row(mechanism)])
})
test.each(clocks)('%s served %s: the day after the last', (...[mechanism, served, _last, after, code, effect]) => {
  const answer = asked(mechanism, after, { final_served_on: served })
  expect(reasonIn(answer, code)).toEqual([effect, row(mechanism)])
})

test.each(clocks)('%s decided %s, served on a day unknown: possibly late', (...[mechanism, decided, _last, after]) => {
  const answer = asked(mechanism, after, { final_served_on: null, final_decided_on: decided })
  expect(reasonIn(answer, 'possibly_late')).toEqual(['doubts', row(mechanism)])
})

test('CERD-14 closes, with the days that are left', () => {
  const answer = asked('CERD-14', '2026-07-01', { final_served_on: '2026-01-31' })
  expect([answer.status, answer.days_left, answer.last_day]).toEqual(['closing', 30, '2026-07-31'])
})

// mechanisms.json: "1 year after exhaustion unless impossible", of two; the six months of CERD know no excuse.
test.each([
  ['CESCR-OP', 'late_with_a_reason', 'doubts'],
  ['CRC-OPIC', 'late_with_a_reason', 'doubts'],
  ['CERD-14', 'late', 'bars'],
])('%s late, with a reason', (mechanism, code, effect) => {
  const answer = asked(mechanism, TODAY, { final_served_on: '2020-01-01', is_late_explained: true })
  expect(reasonIn(answer, code)).toEqual([effect, row(mechanism)])
})

// mechanisms.json: no clock.
test.each(['CEDAW-OP', 'CRPD-OP', 'CED-31'])('%s has no time limit', (mechanism) => {
  const answer = asked(mechanism, TODAY, { final_served_on: '2001-01-01' })
  expect(reasonIn(answer, 'no_time_limit')).toEqual(['passes', `mechanisms/${mechanism}`])
})
test('CAT-22: a delay is judged and never counted', () => {
  const answer = asked('CAT-22', TODAY, { final_served_on: '2001-01-01' })
  expect([answer.status, reasonIn(answer, 'delay_is_judged')]).toEqual(['open', ['warns', 'mechanisms/CAT-22']])
})

// deadline_rules.json CCPR-OP1-FILING-OTHER: three years after another international procedure.
const others: [ended: string, on: string, code: string, effect: string][] = [
  ['2023-05-04', '2026-05-03', 'in_time', 'passes'],
  ['2023-05-04', '2026-05-04', 'in_time', 'passes'],
  ['2023-05-04', '2026-05-05', 'late_may_be_abuse', 'doubts'],
  ['2023-05', '2026-05-01', 'in_time', 'passes'],
  ['2023-05', '2026-05-20', 'possibly_late', 'doubts'],
  ['2023', '2026-12-31', 'possibly_late', 'doubts'],
  ['2023', '2027-01-01', 'late_may_be_abuse', 'doubts'],
]
test.each(others)('CCPR-OP1: another procedure ended %s, asked on %s', (...[ended_on, on, code, effect]) => {
  const elsewhere: Elsewhere[] = [{ body: 'WGAD_REGULAR', status: 'decided', same_matter: 'yes', ended_on }]
  const answer = answerOf('CCPR-OP1', claimOf({ on, elsewhere, remedies: remedies({ final_served_on: on }) }))
  const found = answer.reasons.find((reason) => reason.rule.row === 'CCPR-OP1-FILING-OTHER')
  expect([found?.code, found?.effect]).toEqual([code, effect])
})
