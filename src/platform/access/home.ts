import type { Id } from '../kernel/ids.ts'
import { notAllowed, Problem } from '../kernel/problem.ts'
import type { Actor } from './roles.ts'

/** The organisation of a member who acts. 403 for strangers and jobs, who have none. */
export function homeOf({ organisationId }: Actor): Id<'organisations'> {
  if (organisationId === null) throw new Problem(notAllowed)
  return organisationId
}
