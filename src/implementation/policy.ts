import { ofCase } from '../cases/policy.ts'
import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'

type OfCase = { readonly case_id: Id<'cases'>; readonly organisation_id: Id<'organisations'> }

/** The whole team reads what became of a decision; who of it writes, the roles say. */
export const decisionsOf = <R extends OfCase>(found: { readonly id: Id<'cases'> }) =>
  ofCase(found, {
    'decision.list': (_actor, _row: R) => true,
    'decision.record': () => true,
    'decision.make_follow_up': () => true,
  })

/** `listMine` answers those of the actor's own cases alone. */
export const boardPolicy = <R extends OfCase>() =>
  policy((actor: Actor, row: R) => row.organisation_id === actor.organisationId, { 'board.read': () => true })
