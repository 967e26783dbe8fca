import { expect, test } from 'vitest'
import { answerOf, claimOf, reasonIn, remedies } from './rows.ts'

// Each line was worked out by hand from the row of schemas/reference that it names, not from the program.

// mechanisms.json exhaustion.exception of each row.
const exceptions: [mechanism: string, prolonged: string, ineffective: string, unavailable: string, fear: string][] = [
  ['CCPR-OP1', 'passes', 'passes', 'passes', 'doubts'],
  ['CAT-22', 'passes', 'passes', 'doubts', 'doubts'],
  ['CEDAW-OP', 'passes', 'passes', 'doubts', 'doubts'],
  ['CERD-14', 'passes', 'doubts', 'doubts', 'doubts'],
  ['CRPD-OP', 'passes', 'passes', 'doubts', 'doubts'],
  ['CED-31', 'passes', 'doubts', 'doubts', 'doubts'],
  ['CESCR-OP', 'passes', 'doubts', 'doubts', 'doubts'],
  ['CRC-OPIC', 'passes', 'passes', 'doubts', 'doubts'],
  ['CMW-77', 'passes', 'passes', 'doubts', 'doubts'],
]
const codes = ['exception_prolonged', 'exception_ineffective', 'exception_unavailable', 'exception_fear'] as const
const each = exceptions.flatMap(([mechanism, ...effects]) =>
  codes.map((code, at) => [mechanism, code, effects[at] ?? ''] as const),
)
test.each(each)('%s: %s', (mechanism, code, effect) => {
  const claimed = remedies({
    status: 'exception_claimed',
    reasons: [{ code, proceeding_id: null }],
    final_served_on: null,
    final_decided_on: null,
  })
  const answer = answerOf(mechanism, claimOf({ remedies: claimed }))
  const said = effect === 'passes' ? 'exception_in_the_rule' : 'exception_not_in_the_rule'
  expect(reasonIn(answer, said)).toEqual([effect, `mechanisms/${mechanism}`])
})

test('nothing recorded shuts the door of a committee', () => {
  const answer = answerOf('CAT-22', claimOf({ remedies: undefined }))
  expect([answer.status, reasonIn(answer, 'no_step_recorded')]).toEqual(['closed', ['bars', 'mechanisms/CAT-22']])
})
test('a ladder that is not finished is doubtful by a rule of low certainty, and shut by a sure one', () => {
  const open = remedies({ status: 'not_exhausted', final_served_on: null, final_decided_on: null })
  const sure = { ...open, rule: open.rule && { ...open.rule, certainty: 'high' as const } }
  const statuses = [open, sure].map((found) => answerOf('CAT-22', claimOf({ remedies: found })).status)
  expect(statuses).toEqual(['doubtful', 'closed'])
})
test('a remedy that needs judgement is doubtful', () => {
  const answer = answerOf('CAT-22', claimOf({ remedies: remedies({ status: 'needs_judgement' }) }))
  expect(reasonIn(answer, 'needs_judgement')).toEqual(['doubts', 'exhaustion_rules/KZ'])
})
