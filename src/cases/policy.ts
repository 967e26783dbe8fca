import { policy } from '../platform/access/policy.ts'
import type { Action, Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { CaseRow } from './repo.ts'
import type { TransitionRow } from './repo-transitions.ts'

const onTeam = (_actor: Actor, found: CaseRow) => found.my_part !== null
const isCoordinator = (actor: Actor) => actor.roles.includes('coordinator')

/** A clinician reads a case and leads none, but hands on the key of a case that has nobody else to act for it. */
const mayTakeOn = (actor: Actor, found: CaseRow) =>
  onTeam(actor, found) && (found.lead_id === null || actor.roles.includes('lawyer') || isCoordinator(actor))

/** A coordinator of the organisation sees that the case exists and, by its keys, the coded facts; the team sees all of it. */
const visible = (actor: Actor, found: CaseRow) =>
  found.organisation_id === actor.organisationId && (onTeam(actor, found) || isCoordinator(actor))

export const casePolicy = policy(visible, {
  'case.list': () => true,
  'case.read': () => true,
  'case.change': onTeam,
  'case.add_member': mayTakeOn,
  'case.remove_member': onTeam,
  'case.raise_wall': onTeam,
  'case.lower_wall': (actor, found) => found.my_part === 'lead' || (onTeam(actor, found) && isCoordinator(actor)),
  'case.read_walls': onTeam,
  'case.read_transitions': onTeam,
  'case.move': onTeam,
})

/** Of those on the team, the lead and a coordinator take anybody off it; the others only themselves. */
export const mayTakeOff = (actor: Actor, found: CaseRow, userId: Id<'users'>) =>
  found.my_part === 'lead' || isCoordinator(actor) || userId === actor.id

/** A transition is part of its case, which has been granted before its transitions are looked for. */
export const transitionPolicy = policy(
  (actor: Actor, moved: TransitionRow) => moved.organisation_id === actor.organisationId,
  { 'case.read_transitions': () => true },
)

type OfCase = { readonly case_id: Id<'cases'>; readonly organisation_id: Id<'organisations'> }

/**
 * The rules for records of a case that has been granted (`workOnCase`, `viewCase`): what is of another case does not
 * exist. Each action of the module has its rule; `() => true` for what the whole team may do.
 */
export const ofCase = <R extends OfCase, A extends Action>(
  found: { readonly id: Id<'cases'> },
  rules: Record<A, (actor: Actor, row: R) => boolean>,
) =>
  policy<R, A>(
    (actor: Actor, row: R) => row.case_id === found.id && row.organisation_id === actor.organisationId,
    rules,
  )
