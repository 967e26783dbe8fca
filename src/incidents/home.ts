import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notAllowed, Problem } from '../platform/kernel/problem.ts'

/** The organisation that the actor reports to. 403 for who belongs to none. */
export function homeOf({ organisationId }: Actor): Id<'organisations'> {
  if (organisationId === null) throw new Problem(notAllowed)
  return organisationId
}
