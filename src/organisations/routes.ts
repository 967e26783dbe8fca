import { z } from 'zod'
import type { Secret } from '../platform/crypto/secret.ts'
import { type Route, route } from '../platform/http/route.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { foundCoalition } from './founding.ts'
import { acceptInvitation, createOrganisation, invite, listInvitations } from './invitations.ts'
import { changeMember, confirmMember, readMember, readMembers, removeMember } from './members.ts'
import * as problems from './problems.ts'
import * as wire from './schema.ts'
import { createProgramme, readOrganisations, readProgrammes } from './service.ts'

const member = z.strictObject({ id: wire.userId })
const fingerprint = '7KQM-0XT2-9GWB-4HNC-8VPA-1RSE-6DZY-3FJK'
const code = '7KQM-0XT2-9GWB-4HNC-8VPA-1RSE-6DZY'

const setupRoute = (setupCode: Secret | null): Route =>
  route({
    method: 'POST',
    url: '/setup',
    action: 'setup.run',
    summary: 'Found the coalition with the one-time code from the console',
    body: wire.Setup,
    status: 201,
    reply: wire.Welcome,
    examples: {
      body: {
        code,
        organisation: { name: 'Example Legal Aid', country: 'KG' },
        founder: { profile: { name: 'Aizada Example', email: null } },
      },
    },
    problems: [problems.setupRefused],
    handle: (op, { body }) => foundCoalition(op, setupCode, body),
  })

const organisations: Route[] = [
  route({
    method: 'GET',
    url: '/organisations',
    action: 'organisation.list',
    summary: 'The organisations of the coalition',
    status: 200,
    reply: wire.OrganisationList,
    handle: (op) => readOrganisations(op),
  }),
  route({
    method: 'POST',
    url: '/organisations',
    action: 'organisation.create',
    summary: "Take in another organisation; you get its founder's invitation",
    body: wire.NewOrganisation,
    creates: true,
    status: 201,
    reply: z.object({ id: wire.organisationId, invitation: wire.IssuedInvitation }),
    examples: { body: { profile: { name: 'Example Monitoring Group', country: 'KZ' } } },
    handle: (op, { body }) => createOrganisation(op, body),
  }),
  route({
    method: 'POST',
    url: '/invitations',
    action: 'invitation.create',
    summary: 'Invite a member: a one-time code, shown once, good for 72 hours',
    body: wire.NewInvitation,
    creates: true,
    status: 201,
    reply: wire.IssuedInvitation,
    examples: { body: { roles: ['lawyer'], is_intake: true } },
    handle: (op, { body }) => invite(op, body),
  }),
  route({
    method: 'GET',
    url: '/invitations',
    action: 'invitation.list',
    summary: 'Invitations that can still be accepted, without their codes',
    status: 200,
    reply: wire.InvitationList,
    handle: (op) => listInvitations(op),
  }),
  route({
    method: 'POST',
    url: '/invitations/accept',
    action: 'invitation.accept',
    summary: 'Accept an invitation; without a passphrase you are given one, once',
    body: wire.Acceptance,
    status: 201,
    reply: wire.Welcome,
    examples: { body: { code, anchor: fingerprint, profile: { name: 'Нигина Мисолова', email: null } } },
    problems: [problems.invitationRefused, problems.wrongAnchor],
    handle: (op, { body }) => acceptInvitation(op, body),
  }),
]

const members: Route[] = [
  route({
    method: 'GET',
    url: '/members',
    action: 'member.list',
    summary: 'The members of your organisation',
    status: 200,
    reply: wire.MemberList,
    handle: (op) => readMembers(op),
  }),
  route({
    method: 'GET',
    url: '/members/:id',
    action: 'member.read',
    summary: 'One member; also the founder of another organisation, to be confirmed',
    params: member,
    status: 200,
    reply: wire.Member,
    handle: (op, { params }) => readMember(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/members/:id/confirm',
    action: 'member.confirm',
    summary: "Sign a member's keys, roles and marks after comparing the fingerprint; only then is anything shared",
    params: member,
    body: z.strictObject({ fingerprint: z.string().max(60) }),
    changes: true,
    status: 200,
    reply: wire.Member,
    examples: { body: { fingerprint } },
    problems: [
      notFound,
      problems.alreadyConfirmed,
      problems.wrongFingerprint,
      problems.tooManyOfficers,
      keyNotConfirmed,
      staleVersion,
    ],
    handle: (op, { params, body, version }) => confirmMember(op, { ...params, ...body, version }),
  }),
  route({
    method: 'PATCH',
    url: '/members/:id',
    action: 'member.change',
    summary: 'Change roles and marks; keyrings no longer due get a new root',
    params: member,
    body: wire.MemberChange,
    changes: true,
    status: 200,
    reply: wire.Member,
    examples: { body: { is_recovery_officer: true } },
    problems: [
      notFound,
      problems.notConfirmedYet,
      problems.stillVouches,
      problems.lastReader,
      problems.casesToHandOver,
      problems.tooManyOfficers,
      keyNotConfirmed,
      staleVersion,
    ],
    handle: (op, { params, body, version }) => changeMember(op, { ...params, ...body, version }),
  }),
  route({
    method: 'DELETE',
    url: '/members/:id',
    action: 'member.remove',
    summary: 'End a membership: sessions die, and every keyring held gets a new root',
    params: member,
    changes: true,
    status: 200,
    reply: wire.Removal,
    problems: [notFound, problems.cannotRemoveAnchor, problems.lastReader, staleVersion],
    handle: (op, { params, version }) => removeMember(op, { ...params, version }),
  }),
  route({
    method: 'GET',
    url: '/programmes',
    action: 'programme.list',
    summary: "Your organisation's programmes",
    status: 200,
    reply: wire.ProgrammeList,
    handle: (op) => readProgrammes(op),
  }),
  route({
    method: 'POST',
    url: '/programmes',
    action: 'programme.create',
    summary: "Add a programme: a donor's project with its period and countries",
    body: wire.NewProgramme,
    creates: true,
    status: 201,
    reply: wire.Programme,
    examples: {
      body: {
        starts_on: '2026-01-01',
        ends_on: '2027-12-31',
        profile: { name: 'Rehabilitation 2026–27', donor: 'Example Fund', countries: ['KG', 'TJ'] },
      },
    },
    handle: (op, { body }) => createProgramme(op, body),
  }),
]

/** The coalition, its organisations, their members and programmes. `setupCode` is null once the coalition stands. */
export const organisationRoutes = ({ setupCode }: { setupCode: Secret | null }): Route[] => [
  setupRoute(setupCode),
  ...organisations,
  ...members,
]
