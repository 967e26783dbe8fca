import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'

/** The organisation of a member who acts. Strangers and jobs have none, and no action here is theirs. */
export function organisationOf({ actor }: { readonly actor: Actor }): Id<'organisations'> {
  if (actor.organisationId === null) throw new Error('a member belongs to an organisation')
  return actor.organisationId
}
