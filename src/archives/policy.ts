import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { SeatedCase } from '../cases/service.ts'

/** A whole case leaves the house only by the hand of its lead, or of a coordinator on its team. */
export const archivePolicy = policy<SeatedCase, 'archive.make'>(() => true, {
  'archive.make': (actor: Actor, { my_part }) => my_part === 'lead' || actor.roles.includes('coordinator'),
})
