import { expect, test } from 'vitest'
import type { Claim } from '../../src/admissibility/claim.ts'
import { anyUntil, exactly, rangeOf } from '../../src/admissibility/day-range.ts'
import type { Answer } from '../../src/admissibility/schema.ts'
import { answerOf, claimOf, reasonIn, TODAY } from './rows.ts'

// Each line was worked out by hand from the row of schemas/reference that it names, not from the program.

type State = Claim['state']

// acceptance.json: rows with a day of entry into force. The day before, the day, the day after.
const dated: [row: string, dayBefore: string, day: string, dayAfter: string][] = [
  ['KZ-CCPR-OP1', '2009-09-29', '2009-09-30', '2009-10-01'],
  ['KG-CCPR-OP1', '1995-01-06', '1995-01-07', '1995-01-08'],
  ['TJ-CCPR-OP1', '1999-04-03', '1999-04-04', '1999-04-05'],
  ['TM-CCPR-OP1', '1997-07-31', '1997-08-01', '1997-08-02'],
  ['UZ-CCPR-OP1', '1995-12-27', '1995-12-28', '1995-12-29'],
  ['KZ-CAT-22', '2008-02-20', '2008-02-21', '2008-02-22'],
  ['KZ-CEDAW-OP', '2001-11-23', '2001-11-24', '2001-11-25'],
  ['KG-CEDAW-OP', '2002-10-21', '2002-10-22', '2002-10-23'],
  ['TJ-CEDAW-OP', '2014-10-21', '2014-10-22', '2014-10-23'],
  ['TM-CEDAW-OP', '2009-08-19', '2009-08-20', '2009-08-21'],
  ['KZ-CERD-14', '2008-05-28', '2008-05-29', '2008-05-30'],
  ['TM-CRPD-OP', '2010-12-09', '2010-12-10', '2010-12-11'],
]
/** "own knowledge for date": no door is shut on a row that is as unsure as that. */
const unsure = ['KZ-CERD-14']

const stateIn = (row: string): State => {
  const found = (['KZ', 'KG', 'TJ', 'TM', 'UZ'] as const).find((state) => row.startsWith(state))
  if (found === undefined) throw new Error(row)
  return found
}
const mechanismIn = (row: string) => row.slice(3)
const happened = (row: string, day: string, more: Partial<Claim> = {}) =>
  answerOf(mechanismIn(row), claimOf({ state: stateIn(row), began: exactly(day), ended: exactly(day), ...more }))

const edges = dated.flatMap(([row, before, day, after]) => [
  [row, 'the day before', before, 'before_acceptance', unsure.includes(row) ? 'doubts' : 'bars'] as const,
  [row, 'the day', day, 'after_acceptance', 'passes'] as const,
  [row, 'the day after', after, 'after_acceptance', 'passes'] as const,
])
test.each(edges)('%s: %s', (...[row, _told, day, code, effect]) => {
  expect(reasonIn(happened(row, day), code)).toEqual([effect, `acceptance/${row}`])
})

test.each(dated)('%s: what began before and goes on is inside', (row, before) => {
  const answer = happened(row, before, { continues: 'yes', ended: exactly(TODAY) })
  expect(reasonIn(answer, 'continues_after_acceptance')).toEqual(['passes', `acceptance/${row}`])
})

test.each(dated)('%s: whether what was before goes on is not known', (row, before) => {
  const answer = happened(row, before, { continues: 'unclear' })
  expect(reasonIn(answer, 'before_acceptance_unless_it_continues')).toEqual(['doubts', `acceptance/${row}`])
})

test.each(dated)('%s: of a violation of an unknown day it is possible', (row) => {
  const answer = happened(row, TODAY, { began: anyUntil(TODAY), ended: anyUntil(TODAY) })
  expect([answer.status, reasonIn(answer, 'possibly_before_acceptance')]).toEqual([
    'doubtful',
    ['doubts', `acceptance/${row}`],
  ])
})

test.each(dated)('%s: of a violation of that month it is possible, when the month began before', (row, _b, day) => {
  const month = rangeOf(day.slice(0, 7))
  const isFirst = day.endsWith('-01')
  const answer = happened(row, day, { began: month, ended: month })
  const code = isFirst ? 'after_acceptance' : 'possibly_before_acceptance'
  expect(reasonIn(answer, code)).toEqual([isFirst ? 'passes' : 'doubts', `acceptance/${row}`])
})

test.each(dated)(
  '%s: what began the day before and ended the day after is inside in part',
  (...[row, before, , after]) => {
    const answer = happened(row, before, { ended: exactly(after) })
    expect(reasonIn(answer, 'partly_before_acceptance')).toEqual(['doubts', `acceptance/${row}`])
  },
)

// acceptance.json: accepted, and the day of entry into force is words.
test.each(['KZ-CRPD-OP', 'KZ-CRC-OPIC'])('%s: accepted on a day that nobody has looked up', (row) => {
  const answer = happened(row, TODAY)
  expect([answer.status, reasonIn(answer, 'day_not_known')]).toEqual(['doubtful', ['doubts', `acceptance/${row}`]])
})

// acceptance.json: not accepted.
const refused: [row: string, status: Answer['status']][] = [
  ['KG-CAT-22', 'closed'],
  ['TJ-CAT-22', 'closed'],
  ['TM-CAT-22', 'closed'],
  ['UZ-CAT-22', 'closed'],
  ['UZ-CEDAW-OP', 'closed'],
  ['KG-CERD-14', 'closed'],
  ['TJ-CERD-14', 'closed'],
  ['UZ-CERD-14', 'closed'],
  ['TM-CERD-14', 'closed'],
  ['KG-CRPD-OP', 'closed'],
  ['TJ-CRPD-OP', 'doubtful'],
  ['UZ-CRPD-OP', 'closed'],
  ['KZ-CED-31', 'closed'],
  ['KG-CED-31', 'closed'],
  ['TJ-CED-31', 'closed'],
  ['TM-CED-31', 'closed'],
  ['UZ-CED-31', 'closed'],
  ['KZ-CESCR-OP', 'closed'],
  ['KG-CESCR-OP', 'closed'],
  ['TJ-CESCR-OP', 'closed'],
  ['TM-CESCR-OP', 'closed'],
  ['UZ-CESCR-OP', 'closed'],
  ['KG-CRC-OPIC', 'closed'],
  ['TJ-CRC-OPIC', 'closed'],
  ['TM-CRC-OPIC', 'closed'],
  ['UZ-CRC-OPIC', 'closed'],
]
test.each(refused)('%s: not accepted', (row, status) => {
  const answer = happened(row, '2024-03-17')
  const isShut = status === 'closed'
  expect([answer.status, reasonIn(answer, 'not_accepted')]).toEqual([
    status,
    [isShut ? 'bars' : 'doubts', `acceptance/${row}`],
  ])
})

// mechanisms.json CMW-77: in_force false.
test.each(['KZ', 'KG', 'TJ', 'TM', 'UZ'] as const)('%s-CMW-77: the procedure is not in force', (state) => {
  const answer = answerOf('CMW-77', claimOf({ state }))
  expect([answer.status, reasonIn(answer, 'not_in_force')]).toEqual(['closed', ['bars', 'mechanisms/CMW-77']])
})
