import { pageOf } from '../platform/database/page.ts'
import { type Route, route } from '../platform/http/route.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { changeCase } from './change-case.ts'
import * as examples from './examples.ts'
import { handOver } from './hand-over.ts'
import { moveCase } from './move-case.ts'
import { openCase } from './open-case.ts'
import {
  alreadyOnTeam,
  lastMember,
  leadMustPass,
  noSuchTransition,
  notEligible,
  requirementsUnmet,
  teamFull,
} from './problems.ts'
import { readCase, readCases } from './read-cases.ts'
import { readTransitions } from './read-transitions.ts'
import type { LinkedRequirements } from './requirements.ts'
import {
  CaseChange,
  CaseFile,
  CasePath,
  CaseQuery,
  CaseReceipt,
  CaseTeam,
  CaseWalls,
  HandOver,
  Heir,
  MemberPath,
  NewCase,
  TeamAddition,
  TeamPath,
  WallRaised,
} from './schema.ts'
import { addMember, removeMember } from './team.ts'
import { lowerWall, raiseWall, readWalls } from './walls.ts'
import { CaseMove, CasePosition, CaseTransitions } from './transition-schema.ts'

const fileRoutes = [
  route({
    method: 'POST',
    url: '/cases',
    action: 'case.open',
    summary: 'Open a case, with oneself as its lead',
    body: NewCase,
    creates: true,
    status: 201,
    reply: CaseReceipt,
    examples: { body: examples.newCase, reply: examples.receipt },
    handle: (op, { body }) => openCase(op, body),
  }),
  route({
    method: 'GET',
    url: '/cases',
    action: 'case.list',
    summary:
      "List the cases one is on, newest first; a coordinator also sees the coded facts of the organisation's others",
    query: CaseQuery,
    status: 200,
    reply: pageOf(CaseFile),
    examples: { reply: { items: [examples.file], next: null } },
    handle: (op, { query }) => readCases(op, query),
  }),
  route({
    method: 'GET',
    url: '/cases/:id',
    action: 'case.read',
    summary: 'Read a case; what one has no key for is null',
    params: CasePath,
    status: 200,
    reply: CaseFile,
    examples: { reply: examples.file },
    handle: (op, { params }) => readCase(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/cases/:id',
    action: 'case.change',
    summary: 'Replace one or more of the four classes of a case',
    params: CasePath,
    body: CaseChange,
    changes: true,
    status: 200,
    reply: CaseFile,
    examples: { body: { legal: { notes: 'Article 7 with article 2 (3).' } }, reply: examples.file },
    handle: (op, { params, body, version }) => changeCase(op, { ...params, version, change: body }),
  }),
]

const teamRoutes = [
  route({
    method: 'POST',
    url: '/cases/:id/members',
    action: 'case.add_member',
    summary: 'Take a colleague onto the team, or make a member of it the lead',
    params: CasePath,
    body: TeamAddition,
    changes: true,
    status: 200,
    reply: CaseTeam,
    examples: { body: examples.addition, reply: examples.team },
    problems: [keyNotConfirmed, notEligible, alreadyOnTeam, teamFull],
    handle: (op, { params, body, version }) => addMember(op, { ...params, version, member: body }),
  }),
  route({
    method: 'DELETE',
    url: '/cases/:id/members/:user_id',
    action: 'case.remove_member',
    summary: 'Take somebody off the team; the case moves to a new key',
    params: TeamPath,
    changes: true,
    status: 200,
    reply: CaseTeam,
    examples: { reply: examples.team },
    problems: [lastMember, leadMustPass, keyNotConfirmed],
    handle: (op, { params, version }) => removeMember(op, { id: params.id, version, userId: params.user_id }),
  }),
]

const wallRoutes = [
  route({
    method: 'GET',
    url: '/cases/:id/walls',
    action: 'case.read_walls',
    summary: 'Who is kept out of this case',
    params: CasePath,
    status: 200,
    reply: CaseWalls,
    handle: (op, { params }) => readWalls(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/walls',
    action: 'case.raise_wall',
    summary: 'Keep a member out of this case; who is on the team leaves it, and the case moves to a new key',
    params: CasePath,
    body: WallRaised,
    changes: true,
    status: 200,
    reply: CaseWalls,
    problems: [notEligible, lastMember, leadMustPass, keyNotConfirmed],
    handle: (op, { params, body, version }) => raiseWall(op, { id: params.id, version, userId: body.user_id }),
  }),
  route({
    method: 'DELETE',
    url: '/cases/:id/walls/:user_id',
    action: 'case.lower_wall',
    summary: 'Let a member be asked onto this case again',
    params: TeamPath,
    changes: true,
    status: 200,
    reply: CaseWalls,
    handle: (op, { params, version }) => lowerWall(op, { id: params.id, version, userId: params.user_id }),
  }),
  route({
    method: 'POST',
    url: '/members/:id/handover',
    action: 'case.hand_over',
    summary: 'Give all cases of a member who leaves to another, each with a new key',
    params: MemberPath,
    body: Heir,
    status: 200,
    reply: HandOver,
    problems: [notEligible, keyNotConfirmed],
    handle: (op, { params, body }) => handOver(op, { from: params.id, to: body.to }),
  }),
]

/** The routes of cases. `linked` tells what the incidents linked to a case show. */
export const caseRoutes = (linked: LinkedRequirements): Route[] => [
  ...fileRoutes,
  ...teamRoutes,
  ...wallRoutes,
  route({
    method: 'GET',
    url: '/cases/:id/transitions',
    action: 'case.read_transitions',
    summary: 'Read where a case can go, what it lacks for that, and how it came here',
    params: CasePath,
    status: 200,
    reply: CaseTransitions,
    examples: { reply: examples.transitions },
    handle: (op, { params }) => readTransitions(op, linked, params.id),
  }),
  route({
    method: 'POST',
    url: '/cases/:id/transitions',
    action: 'case.move',
    summary: 'Move a case to another stage',
    params: CasePath,
    body: CaseMove,
    changes: true,
    status: 200,
    reply: CasePosition,
    examples: { body: examples.move, reply: examples.position },
    problems: [noSuchTransition, requirementsUnmet],
    handle: (op, { params, body, version }) => moveCase(op, linked, { ...params, version, move: body }),
  }),
]
