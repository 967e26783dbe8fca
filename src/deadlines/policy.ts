import { ofCase } from '../cases/policy.ts'
import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { DeadlineRow } from './repo.ts'

/** The whole team keeps the deadlines: one that is missed is everybody's. */
export const deadlinesOf = (found: { readonly id: Id<'cases'> }) =>
  ofCase(found, {
    'deadline.list': (_actor, _row: DeadlineRow) => true,
    'deadline.change': () => true,
  })

/** `listMine` answers those of the actor's own cases alone. */
export const agendaPolicy = policy((actor: Actor, row: DeadlineRow) => row.organisation_id === actor.organisationId, {
  'deadline.read_agenda': () => true,
})

/** A deadline follows its step, whoever of the team changed that. */
export const followingPolicy = policy(
  (actor: Actor, row: DeadlineRow) => row.organisation_id === actor.organisationId,
  { 'proceeding.change': (_actor, row) => row.proceeding_id !== null },
)
