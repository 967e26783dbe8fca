import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { PaperRow } from './repo.ts'

/** One's own tasks, over all the cases one is on the team of. */
export const taskPolicy = policy(
  (actor: Actor, task: PaperRow) => task.organisation_id === actor.organisationId && task.assignee_id === actor.id,
  { 'task.list': () => true },
)
