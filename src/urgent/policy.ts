import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { UrgentRow } from './repo.ts'

const isOurs = (actor: Actor, row: UrgentRow) => row.organisation_id === actor.organisationId
const isCoordinator = (actor: Actor) => actor.roles.includes('coordinator')

/** The team asks; the coordinators of the organisation, who are asked, see it all. */
export const urgentPolicy = policy(
  (actor: Actor, row: UrgentRow) => isOurs(actor, row) && (row.is_on_team || isCoordinator(actor)),
  {
    'urgent.list': () => true,
    'urgent.read': () => true,
    'urgent.answer': isCoordinator,
    'urgent.withdraw': (_actor, row) => row.is_on_team,
    'inbox.read': () => true,
    'indicator.read': isCoordinator,
  },
)
