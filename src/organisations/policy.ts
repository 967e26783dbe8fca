import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { MemberRow, OrganisationRow, ProgrammeRow } from './repo.ts'

const own = (actor: Actor, row: { organisation_id: string }) => row.organisation_id === actor.organisationId
/** A new organisation's founder has nobody at home to confirm them: a coordinator of the founding organisation does. */
const ownOrFounder = (actor: Actor, member: MemberRow) =>
  own(actor, member) || (member.is_founder && actor.roles.includes('coordinator'))
const always = () => true

export const organisationPolicy = policy<OrganisationRow, 'organisation.list'>(always, { 'organisation.list': always })

export const memberPolicy = policy<
  MemberRow,
  'member.list' | 'member.read' | 'member.confirm' | 'member.change' | 'member.remove'
>(ownOrFounder, {
  'member.list': own,
  'member.read': always,
  'member.confirm': (actor, member) => member.id !== actor.id,
  'member.change': (actor, member) => own(actor, member) && member.id !== actor.id,
  'member.remove': (actor, member) => own(actor, member) && member.id !== actor.id,
})

export const programmePolicy = policy<ProgrammeRow, 'programme.list'>(own, { 'programme.list': always })
