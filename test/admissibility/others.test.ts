import { expect, test } from 'vitest'
import type { Claim } from '../../src/admissibility/claim.ts'
import { exactly } from '../../src/admissibility/day-range.ts'
import type { Answer } from '../../src/admissibility/schema.ts'
import { answerOf, claimOf, reasonIn } from './rows.ts'

// Each line was worked out by hand from the row of schemas/reference that it names, not from the program.

const project = (mechanism: string, more: object = {}) => ({ mechanism, people: 2, ...more })
// other_mechanisms.json, the row that is named.
const situations: [mechanism: string, told: string, more: Partial<Claim>, status: Answer['status'], code: string][] = [
  ['WGAD_REGULAR', 'an arrest', { violations: ['liberty_arbitrary_arrest'] }, 'open', 'violation_named'],
  // "own knowledge, verify": a row of low certainty shuts no door.
  ['WGAD_REGULAR', 'a ban', { violations: ['assembly_ban'] }, 'doubtful', 'about_other_violations'],
  ['WGAD_URGENT', 'a risk to life', { violations: ['liberty'], is_urgent: 'yes' }, 'open', 'urgent'],
  ['WGAD_URGENT', 'no risk', { violations: ['liberty'], is_urgent: 'no' }, 'closed', 'not_urgent'],
  ['WGAD_URGENT', 'perhaps a risk', { violations: ['liberty'], is_urgent: 'unclear' }, 'doubtful', 'perhaps_urgent'],
  ['WGEID', 'a disappearance', { violations: ['disappearance_enforced'] }, 'open', 'violation_named'],
  [
    'WGEID',
    'while the CED has it',
    {
      violations: ['disappearance'],
      elsewhere: [{ body: 'CED_URGENT', status: 'pending', same_matter: 'yes' }],
    },
    'doubtful',
    'possibly_pending_elsewhere',
  ],
  ['WGEID', 'torture alone', {}, 'closed', 'about_other_violations'],
  ['CED_URGENT', 'Kazakhstan', { violations: ['disappearance'] }, 'open', 'there_for_this_State'],
  ['CED_URGENT', 'Tajikistan', { state: 'TJ', violations: ['disappearance'] }, 'closed', 'not_there_for_this_State'],
  ['SP_COMMS', 'anybody', {}, 'open', 'open_to_individuals'],
  ['UPR', 'a cycle', {}, 'doubtful', 'only_when_the_State_is_reviewed'],
  ['OSCE_MOSCOW', 'States only', {}, 'closed', 'for_States_only'],
  ['OSCE_ODIHR', 'no complaints, of low certainty', {}, 'doubtful', 'takes_no_complaints'],
  [
    'ILO_ART24',
    'a dismissal',
    { violations: ['work_dismissal'] },
    'doubtful',
    'for_organisations_of_workers_or_employers',
  ],
  ['WB_IP', 'no project', {}, 'closed', 'no_project_named'],
  ['WB_IP', 'two people', { projects: [project('WB_IP')] }, 'open', 'open_to_those_whom_a_project_affects'],
  ['WB_IP', 'one person', { projects: [project('WB_IP', { people: 1 })] }, 'closed', 'too_few_people'],
  [
    'IFC_CAO',
    'one person',
    { projects: [project('IFC_CAO', { people: 1 })] },
    'open',
    'open_to_those_whom_a_project_affects',
  ],
  ['EBRD_IPAM', 'no project', {}, 'closed', 'no_project_named'],
  [
    'ADB_AM',
    'the last day of two years',
    { projects: [project('ADB_AM', { closed_on: '2024-11-25' })] },
    'closing',
    'in_time',
  ],
  [
    'ADB_AM',
    'the day after two years',
    { projects: [project('ADB_AM', { closed_on: '2024-11-24' })] },
    'doubtful',
    'late_unless_the_policy_differs',
  ],
  [
    'ADB_AM',
    'two years of a month',
    { projects: [project('ADB_AM', { closed_on: '2024-11' })] },
    'doubtful',
    'possibly_late',
  ],
  ['AIIB_PPM', 'two people', { projects: [project('AIIB_PPM')] }, 'open', 'open_to_those_whom_a_project_affects'],
  ['NHRI', 'every State', { state: 'TM' }, 'open', 'open_to_individuals'],
  ['NPM', 'Uzbekistan', { state: 'UZ' }, 'open', 'there_for_this_State'],
  ['NPM', 'Tajikistan, no party to the OPCAT', { state: 'TJ' }, 'closed', 'not_there_for_this_State'],
]
test.each(situations)('%s: %s', (...[mechanism, _told, more, status, code]) => {
  const answer = answerOf(mechanism, claimOf(more))
  expect([answer.status, reasonIn(answer, code)]).toEqual([
    status,
    [expect.any(String), `other_mechanisms/${mechanism}`],
  ])
})

// other_mechanisms.json WGEID urgent_if_within_months 3.
test.each([
  ['2026-08-25', true],
  ['2026-08-24', false],
])('WGEID: somebody disappeared on %s: urgent: %s', (day, isUrgent) => {
  const claim = claimOf({ violations: ['disappearance'], began: exactly(day), ended: exactly(day) })
  const isThere = answerOf('WGEID', claim).reasons.some(({ code }) => code === 'urgent_procedure_until')
  expect(isThere).toBe(isUrgent)
})
test('CED_URGENT: what ended before the treaty was ratified is outside', () => {
  const day = exactly('2009-02-26')
  const answer = answerOf('CED_URGENT', claimOf({ violations: ['disappearance'], began: day, ended: day }))
  expect([answer.status, reasonIn(answer, 'before_the_treaty')]).toEqual(['closed', ['bars', 'acceptance/KZ-CED-31']])
})
