import { expect, test } from 'vitest'
import { policy } from '../../../src/platform/access/policy.ts'
import { type Action, type Actor, mayAttempt, type Role } from '../../../src/platform/access/roles.ts'
import { newId } from '../../../src/platform/kernel/ids.ts'
import { notAllowed, notFound } from '../../../src/platform/kernel/problem.ts'

type Row = { id: number; is_visible: boolean; is_open: boolean }
const rules = policy<Row, 'case.read' | 'case.change'>((_actor, row) => row.is_visible, {
  'case.read': () => true,
  'case.change': (_actor, row) => row.is_open,
})
const actorOf = (roles: readonly Role[], standing: Actor['standing'] = 'full'): Actor => ({
  id: newId('users'),
  organisationId: newId('organisations'),
  roles,
  standing,
})
const by = { actor: actorOf(['lawyer']), action: 'case.change' as const }
const row = { id: 1, is_visible: true, is_open: true }
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test('a granted row is the row itself', () => {
  expect(rules.grant(by, row)).toBe(row)
})

test('what is hidden is not there, whatever the rule says; what is seen may be refused', () => {
  const kinds = [
    undefined,
    { ...row, is_visible: false },
    { id: 1, is_visible: false, is_open: false },
    { ...row, is_open: false },
  ].map((candidate) => thrownBy(() => rules.grant(by, candidate)))

  expect(kinds).toMatchObject([{ kind: notFound }, { kind: notFound }, { kind: notFound }, { kind: notAllowed }])
})

test('of many rows those that may be used are passed on, and the others say nothing', () => {
  const rows = [row, { ...row, id: 2, is_visible: false }, { ...row, id: 3, is_open: false }]

  expect(rules.grantEach(by, rows).map(({ id }) => id)).toEqual([1])
})

const own: Action[] = [
  'session.close',
  'account.read',
  'account.change_passphrase',
  'account.offer_second_factor',
  'account.enrol_second_factor',
]

test.each(['unconfirmed', 'second_factor_missing'] as const)(
  'an account that is %s can do what is its own, and no more',
  (standing) => {
    const actor = actorOf(['coordinator', 'administrator', 'intake', 'officer'], standing)

    for (const action of own) expect(mayAttempt(actor, action)).toBe(true)
    for (const action of [
      'member.list',
      'incident.read',
      'session.lockdown',
      'recovery.approve',
      'audit.read',
    ] as const)
      expect(mayAttempt(actor, action)).toBe(false)
  },
)

test.each<[Role, Action, boolean]>([
  ['monitor', 'incident.submit', true],
  ['monitor', 'incident.triage', false],
  ['intake', 'incident.triage', true],
  ['administrator', 'incident.read', false],
  ['administrator', 'member.confirm', false],
  ['administrator', 'member.remove', true],
  ['officer', 'recovery.approve', true],
  ['coordinator', 'recovery.approve', false],
  ['anyone', 'session.open', true],
  ['anyone', 'account.read', false],
  ['worker', 'housekeeping.sweep', true],
  ['coordinator', 'housekeeping.sweep', false],
])('%s and %s: %s', (role, action, may) => {
  expect(mayAttempt(actorOf([role]), action)).toBe(may)
})
