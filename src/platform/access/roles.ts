import type { Id } from '../kernel/ids.ts'

/** What a member can be. `intake` and `recovery officer` are marks on a member, not roles. */
export const memberRoles = ['monitor', 'lawyer', 'clinician', 'coordinator', 'administrator'] as const
export type MemberRole = (typeof memberRoles)[number]

/** `anyone` has not signed in; `worker` runs jobs and holds no key; `intake` and `officer` are members who carry the mark. */
export type Role = MemberRole | 'intake' | 'officer' | 'anyone' | 'worker'

const everyMember = memberRoles

/** Who may do what, on one page. Adding an action here is what makes it exist. */
const rolesByAction = {
  'setup.run': ['anyone'],
  'session.open': ['anyone'],
  'session.refresh': ['anyone'],
  'session.close': everyMember,
  'session.lockdown': ['coordinator', 'administrator'],
  'account.read': everyMember,
  'account.change_passphrase': everyMember,
  'account.offer_second_factor': everyMember,
  'account.enrol_second_factor': everyMember,
  'recovery.start': ['anyone'],
  'recovery.complete': ['anyone'],
  'recovery.list': ['officer'],
  'recovery.approve': ['officer'],
  'recovery.read_coverage': ['coordinator', 'administrator', 'officer'],

  'organisation.create': ['coordinator'],
  'organisation.list': everyMember,
  'invitation.create': ['coordinator', 'administrator'],
  'invitation.list': ['coordinator', 'administrator'],
  'invitation.accept': ['anyone'],
  'member.list': everyMember,
  'member.read': everyMember,
  'member.confirm': ['coordinator'],
  'member.change': ['coordinator'],
  'member.remove': ['coordinator', 'administrator'],
  'programme.create': ['coordinator'],
  'programme.list': ['lawyer', 'clinician', 'coordinator'],

  'incident.submit': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'incident.list': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'incident.read': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'incident.triage': ['intake'],
  'incident.supplement': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'incident.attach': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'incident.list_files': ['lawyer', 'clinician', 'coordinator'],
  'incident.download_file': ['lawyer', 'clinician', 'coordinator'],
  'incident.verify': ['lawyer', 'intake'],
  'incident.link': ['intake'],

  'case.open': ['lawyer', 'coordinator'],
  'case.list': ['lawyer', 'clinician', 'coordinator'],
  'case.read': ['lawyer', 'clinician', 'coordinator'],
  'case.change': ['lawyer', 'coordinator'],
  'case.add_member': ['lawyer', 'clinician', 'coordinator'],
  'case.remove_member': ['lawyer', 'clinician', 'coordinator'],
  'case.raise_wall': ['lawyer', 'clinician', 'coordinator'],
  'case.lower_wall': ['lawyer', 'coordinator'],
  'case.read_walls': ['lawyer', 'clinician', 'coordinator'],
  'case.hand_over': ['lawyer', 'clinician', 'coordinator'],
  'case.read_transitions': ['lawyer', 'clinician', 'coordinator'],
  'case.move': ['lawyer', 'coordinator'],

  'consent.record': ['lawyer', 'clinician', 'coordinator'],
  'consent.list': ['lawyer', 'clinician', 'coordinator'],

  'paper.write': ['lawyer', 'clinician', 'coordinator'],
  'paper.list': ['lawyer', 'clinician', 'coordinator'],
  'paper.change': ['lawyer', 'clinician', 'coordinator'],
  'task.list': ['lawyer', 'clinician', 'coordinator'],

  'person.create': ['lawyer', 'clinician', 'coordinator'],
  'person.list': ['lawyer', 'clinician', 'coordinator'],
  'person.read': ['lawyer', 'clinician', 'coordinator'],
  'person.change': ['lawyer', 'clinician', 'coordinator'],
  'person.match': ['lawyer', 'clinician', 'coordinator'],
  'person.sweep': ['lawyer', 'clinician', 'coordinator'],
  'person.link': ['lawyer', 'clinician', 'coordinator'],
  'person.unlink': ['lawyer', 'clinician', 'coordinator'],
  'person.list_of_case': ['lawyer', 'clinician', 'coordinator'],
  'person.relate': ['lawyer', 'clinician', 'coordinator'],
  'person.list_relations': ['lawyer', 'clinician', 'coordinator'],
  'person.end_relation': ['lawyer', 'clinician', 'coordinator'],
  'person.list_parties': ['lawyer', 'clinician', 'coordinator'],
  'person.take_over': ['lawyer', 'clinician', 'coordinator'],
  'person.find_doubles': ['lawyer', 'clinician', 'coordinator'],
  'person.tell_apart': ['lawyer', 'clinician', 'coordinator'],
  'person.merge': ['lawyer', 'clinician', 'coordinator'],
  'person.undo_merge': ['lawyer', 'clinician', 'coordinator'],
  'person.list_merges': ['lawyer', 'clinician', 'coordinator'],

  'unit.create': ['lawyer', 'clinician', 'coordinator'],
  'unit.list': ['lawyer', 'clinician', 'coordinator'],
  'unit.read': ['lawyer', 'clinician', 'coordinator'],
  'unit.change': ['lawyer', 'clinician', 'coordinator'],
  'unit.list_acts': ['lawyer', 'clinician', 'coordinator'],
  'posting.record': ['lawyer', 'clinician', 'coordinator'],
  'posting.list': ['lawyer', 'clinician', 'coordinator'],
  'posting.end': ['lawyer', 'clinician', 'coordinator'],
  'perpetrator.list': ['lawyer', 'clinician', 'coordinator'],
  'perpetrator.list_reported': ['lawyer', 'clinician', 'coordinator'],

  'conflict.ask': ['lawyer', 'coordinator'],
  'conflict.list': ['lawyer', 'clinician', 'coordinator'],
  'conflict.answer': ['lawyer', 'clinician', 'coordinator'],
  'conflict.oversee': ['coordinator'],

  'upload.begin': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'upload.inspect': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'upload.continue': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'upload.cancel': ['monitor', 'lawyer', 'clinician', 'coordinator'],
  'evidence.receive': ['lawyer', 'clinician', 'coordinator'],
  'evidence.list': ['lawyer', 'clinician', 'coordinator'],
  'evidence.read': ['lawyer', 'clinician', 'coordinator'],
  'evidence.download': ['lawyer', 'clinician', 'coordinator'],
  'evidence.derive': ['lawyer', 'clinician', 'coordinator'],
  'custody.note': ['lawyer', 'clinician', 'coordinator'],
  'custody.read': ['lawyer', 'clinician', 'coordinator'],

  'archive.make': ['lawyer', 'coordinator'],

  'detention.record': ['lawyer', 'clinician', 'coordinator'],
  'detention.list': ['lawyer', 'clinician', 'coordinator'],
  'detention.change': ['lawyer', 'clinician', 'coordinator'],
  'finding.record': ['lawyer', 'clinician', 'coordinator'],
  'finding.list': ['lawyer', 'clinician', 'coordinator'],
  'finding.change': ['lawyer', 'clinician', 'coordinator'],
  'examination.record': ['lawyer', 'clinician', 'coordinator'],
  'examination.list': ['lawyer', 'clinician', 'coordinator'],
  'examination.change': ['lawyer', 'clinician', 'coordinator'],
  'medical_report.make': ['lawyer', 'clinician'],

  'provider.create': ['lawyer', 'coordinator'],
  'provider.list': ['lawyer', 'clinician', 'coordinator'],
  'provider.read': ['lawyer', 'clinician', 'coordinator'],
  'provider.change': ['lawyer', 'coordinator'],
  'provider.search': ['lawyer', 'clinician', 'coordinator'],

  'reference.read': everyMember,
  'reference.read_mechanisms': everyMember,
  'reference.read_acceptance': everyMember,
  'reference.read_decisions': everyMember,
  'reference.add_row': ['administrator'],
  'reference.change_row': ['administrator'],

  'referral.create': ['lawyer', 'clinician', 'coordinator'],
  'referral.change': ['lawyer', 'clinician', 'coordinator'],
  'referral.list': ['lawyer', 'clinician', 'coordinator', 'intake'],
  'referral.read': ['lawyer', 'clinician', 'coordinator', 'intake'],
  'referral.move': ['lawyer', 'clinician', 'coordinator', 'intake'],
  'referral.end': ['lawyer', 'clinician', 'coordinator', 'intake'],
  'referral.note_seen': ['lawyer', 'clinician', 'coordinator', 'intake'],
  'referral.preview': ['lawyer', 'clinician', 'coordinator'],
  'referral.read_package': ['lawyer', 'clinician', 'coordinator', 'intake'],
  'referral.link': ['intake'],
  'referral.make_letter': ['lawyer', 'clinician', 'coordinator'],

  'urgent.ask': ['lawyer', 'clinician', 'coordinator'],
  'urgent.list': ['lawyer', 'clinician', 'coordinator'],
  'urgent.read': ['lawyer', 'clinician', 'coordinator'],
  'urgent.answer': ['coordinator'],
  'urgent.withdraw': ['lawyer', 'clinician', 'coordinator'],
  'urgent.escalate': ['worker'],

  'inbox.read': ['lawyer', 'clinician', 'coordinator', 'intake'],

  'indicator.read': ['coordinator'],

  'service.record': ['lawyer', 'clinician', 'coordinator'],
  'service.list': ['lawyer', 'clinician', 'coordinator'],
  'service.void': ['lawyer', 'clinician', 'coordinator'],
  'budget.add': ['coordinator'],
  'spending.read': ['coordinator'],

  'proceeding.add': ['lawyer', 'coordinator'],
  'proceeding.change': ['lawyer', 'coordinator'],
  'proceeding.list': ['lawyer', 'clinician', 'coordinator'],
  'proceeding.read_exhaustion': ['lawyer', 'clinician', 'coordinator'],

  'admissibility.read': ['lawyer', 'clinician', 'coordinator'],
  'claim.read': ['lawyer', 'clinician', 'coordinator'],
  'claim.write': ['lawyer', 'coordinator'],
  'complaint.open': ['lawyer', 'coordinator'],
  'complaint.list': ['lawyer', 'clinician', 'coordinator'],
  'complaint.change': ['lawyer', 'coordinator'],
  'complaint.record': ['lawyer', 'coordinator'],
  'complaint.make_document': ['lawyer', 'coordinator'],
  'decision.list': ['lawyer', 'clinician', 'coordinator'],
  'decision.record': ['lawyer', 'coordinator'],
  'decision.make_follow_up': ['lawyer', 'coordinator'],
  'board.read': ['lawyer', 'clinician', 'coordinator'],

  'deadline.add': ['lawyer', 'clinician', 'coordinator'],
  'deadline.change': ['lawyer', 'clinician', 'coordinator'],
  'deadline.list': ['lawyer', 'clinician', 'coordinator'],
  'deadline.read_agenda': ['lawyer', 'clinician', 'coordinator'],
  'calendar.make': ['lawyer', 'clinician', 'coordinator'],
  'calendar.revoke': ['lawyer', 'clinician', 'coordinator'],
  'calendar.read': ['anyone'],

  'reminder.read': ['lawyer', 'clinician', 'coordinator'],
  'reminder.set': ['lawyer', 'clinician', 'coordinator'],
  'reminder.stop': ['lawyer', 'clinician', 'coordinator'],
  'reminder.send': ['worker'],

  'retention.read': ['lawyer', 'clinician', 'coordinator', 'administrator'],
  'retention.change': ['coordinator'],
  'hold.place': ['lawyer', 'clinician', 'coordinator'],
  'hold.list': ['lawyer', 'clinician', 'coordinator'],
  'hold.lift': ['lawyer', 'coordinator'],
  'erasure.propose': ['lawyer', 'coordinator', 'administrator'],
  'erasure.list': ['lawyer', 'clinician', 'coordinator', 'administrator'],
  'erasure.read': ['lawyer', 'clinician', 'coordinator', 'administrator'],
  'erasure.confirm': ['coordinator', 'administrator'],
  'erasure.withdraw': ['lawyer', 'clinician', 'coordinator', 'administrator'],
  'erasure.read_register': ['coordinator', 'administrator'],
  'erasure.propose_due': ['worker'],
  'erasure.settle': ['worker'],
  'erasure.replay': ['worker'],

  'vocabulary.list': [...everyMember, 'anyone'],
  'vocabulary.read': [...everyMember, 'anyone'],
  'cube.list_presets': ['coordinator'],
  'cube.declare': ['coordinator'],
  'cube.list': ['coordinator'],
  'cube.read': ['coordinator'],
  'cube.change': ['coordinator'],
  'cube.try': ['coordinator'],
  'figure.enter': ['coordinator'],
  'figure.list': ['coordinator'],
  'figure.remove': ['coordinator'],
  'pool.declare': ['coordinator'],
  'pool.list': ['coordinator'],
  'pool.read': ['coordinator'],
  'pool.contribute': ['coordinator'],
  'pool.count': ['coordinator'],
  'release.make': ['coordinator'],
  'release.list': ['coordinator'],
  'release.read': ['coordinator'],
  'release.sign': ['coordinator'],
  'release.withdraw': ['coordinator'],
  'release.download': ['coordinator'],
  'statistics.look': ['coordinator'],

  'audit.read': ['coordinator', 'administrator'],
  'audit.checkpoint': ['coordinator', 'administrator'],
  'audit.sequence': ['worker'],
  'housekeeping.sweep': ['worker'],
  'upload.sweep': ['worker'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof rolesByAction

/** What an account can do before a coordinator has confirmed it, or while its second factor is still to be set. */
const beforeFullStanding: ReadonlySet<Action> = new Set<Action>([
  'session.close',
  'account.read',
  'account.change_passphrase',
  'account.offer_second_factor',
  'account.enrol_second_factor',
])

/** Who acts. `standing` says what still keeps the account from full use. */
export type Actor = {
  readonly id: Id<'users'>
  readonly organisationId: Id<'organisations'> | null
  readonly roles: readonly Role[]
  readonly standing: 'full' | 'unconfirmed' | 'second_factor_missing'
}

/** May somebody of these roles try this at all? What the record itself allows is a policy's to say. */
export function mayAttempt(actor: Actor, action: Action): boolean {
  if (isOpenToAnyone(action)) return true
  const roles: readonly Role[] = rolesByAction[action]
  if (!actor.roles.some((role) => roles.includes(role))) return false
  return actor.standing === 'full' || beforeFullStanding.has(action)
}

/** True when the action is open to somebody who has not signed in. */
export function isOpenToAnyone(action: Action): boolean {
  const roles: readonly Role[] = rolesByAction[action]
  return roles.includes('anyone')
}
