import { expect, test } from 'vitest'
import { answersTo } from '../../src/admissibility/answer.ts'
import type { Elsewhere } from '../../src/admissibility/schema.ts'
import { answerOf, claimOf, rows } from './rows.ts'

// Each line was worked out by hand from the row of schemas/reference that it names, not from the program.

// mechanisms.json same_matter of each row: what is pending, what was decided.
const bars: [mechanism: string, other: string, pending: string, decided: string][] = [
  ['CCPR-OP1', 'CAT-22', 'pending_elsewhere bars', 'reservation_not_looked_up doubts'],
  ['CAT-22', 'CCPR-OP1', 'pending_elsewhere bars', 'examined_elsewhere bars'],
  ['CEDAW-OP', 'CCPR-OP1', 'pending_elsewhere bars', 'examined_elsewhere bars'],
  ['CERD-14', 'CCPR-OP1', 'no_bar passes', 'no_bar passes'],
  ['CRPD-OP', 'CCPR-OP1', 'pending_elsewhere bars', 'examined_elsewhere bars'],
  ['CED-31', 'CCPR-OP1', 'pending_elsewhere bars', 'examined_is_no_bar passes'],
  ['CESCR-OP', 'CCPR-OP1', 'pending_elsewhere bars', 'examined_elsewhere bars'],
  ['CRC-OPIC', 'CCPR-OP1', 'pending_elsewhere bars', 'examined_elsewhere bars'],
  ['CMW-77', 'CCPR-OP1', 'pending_elsewhere bars', 'examined_elsewhere bars'],
]
const with_ = (mechanism: string, other: Omit<Elsewhere, 'ended_on'>) =>
  answerOf(mechanism, claimOf({ elsewhere: [{ ended_on: '2026', ...other }] }))
const saidOf = (mechanism: string, other: Omit<Elsewhere, 'ended_on'>) => {
  const found = with_(mechanism, other).reasons.find(({ check }) => check === 'same_matter')
  if (found === undefined) throw new Error(`nothing is said of the same matter by ${mechanism}`)
  return [`${found.code} ${found.effect}`, `${found.rule.file}/${found.rule.row}`]
}

test.each(bars)('%s while %s has it', (mechanism, body, pending) => {
  expect(saidOf(mechanism, { body, status: 'pending', same_matter: 'yes' })).toEqual([
    pending,
    `mechanisms/${mechanism}`,
  ])
})
test.each(bars)('%s after %s decided it', (...[mechanism, body, _pending, decided]) => {
  expect(saidOf(mechanism, { body, status: 'decided', same_matter: 'yes' })).toEqual([
    decided,
    `mechanisms/${mechanism}`,
  ])
})
test.each(bars)('%s after it was withdrawn from %s', (mechanism, body) => {
  const [said] = saidOf(mechanism, { body, status: 'withdrawn', same_matter: 'yes' })
  expect(['no_bar passes', 'not_another_procedure warns']).toContain(said)
})
test.each(bars)('%s while %s has something of another matter', (mechanism, body) => {
  expect(saidOf(mechanism, { body, status: 'pending', same_matter: 'no' })[0]).toBe('nowhere_else passes')
})
// other_mechanisms.json WGAD_REGULAR: "another procedure in some cases".
test.each(bars.filter(([mechanism]) => mechanism !== 'CERD-14'))('%s while the WGAD has it', (mechanism) => {
  const [said] = saidOf(mechanism, { body: 'WGAD_REGULAR', status: 'pending', same_matter: 'yes' })
  expect(said).toBe('possibly_pending_elsewhere doubts')
})
test.each(['SP_COMMS', 'UPR', 'NHRI'])('%s is no other procedure', (body) => {
  expect(saidOf('CCPR-OP1', { body, status: 'pending', same_matter: 'yes' })[0]).toBe('not_another_procedure warns')
})
test('a State that reserved itself against what was examined shuts the door; one that did not leaves it open', () => {
  const statuses = [true, false].map((examined_reserved) => {
    const edited = rows.acceptance.map((found) => ({ ...found, rule: { ...found.rule, examined_reserved } }))
    const elsewhere: Elsewhere[] = [{ body: 'CAT-22', status: 'decided', same_matter: 'yes', ended_on: '2026-01-01' }]
    const claim = claimOf({ elsewhere })
    return answersTo(claim, { ...rows, acceptance: edited }).find(({ mechanism }) => mechanism === 'CCPR-OP1')?.status
  })
  expect(statuses).toEqual(['closed', 'open'])
})
