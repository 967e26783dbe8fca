import { expect, test } from 'vitest'
import { answerOf, claimOf, reasonIn } from './rows.ts'

// Each line was worked out by hand from the row of schemas/reference that it names, not from the program.

// mechanisms.json anonymity: every row says that an anonymous complaint is not received.
test.each(['CCPR-OP1', 'CAT-22', 'CEDAW-OP', 'CERD-14', 'CRPD-OP', 'CED-31', 'CESCR-OP', 'CRC-OPIC', 'CMW-77'])(
  '%s: anonymous',
  (mechanism) => {
    const answer = answerOf(mechanism, claimOf({ is_anonymous: true }))
    expect(reasonIn(answer, 'anonymous')).toEqual(['bars', `mechanisms/${mechanism}`])
  },
)
// mechanisms.json CRC-OPIC who: "child or group of children".
test.each([
  ['yes', 'victim_is_a_child', 'passes'],
  ['no', 'victim_is_no_child', 'bars'],
  ['unclear', 'victim_is_perhaps_a_child', 'doubts'],
] as const)('CRC-OPIC: the victim is a child: %s', (victims_are_children, code, effect) => {
  const answer = answerOf('CRC-OPIC', claimOf({ victims_are_children }))
  expect(reasonIn(answer, code)).toEqual([effect, 'mechanisms/CRC-OPIC'])
})
test('an article of the treaty must be named; CEDAW is not CED', () => {
  const named = (articles: string[], mechanism: string) =>
    answerOf(mechanism, claimOf({ articles })).reasons.find(({ check }) => check === 'subject')?.code
  expect([named([], 'CAT-22'), named(['CCPR-7'], 'CAT-22'), named(['CEDAW-2'], 'CED-31')]).toEqual([
    'no_article_named',
    'no_article_of_this_treaty',
    'no_article_of_this_treaty',
  ])
})
test('a claim that nothing speaks against is open, and as sure as its least sure row', () => {
  const answer = answerOf('CAT-22', claimOf())
  expect([answer.status, answer.certainty]).toEqual(['open', 'low'])
})
