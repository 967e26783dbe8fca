import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { VersionRow } from './repo.ts'

/** Public facts, one set for the whole coalition. */
export const versionPolicy = policy((actor: Actor, _row: VersionRow) => actor.organisationId !== null, {
  'reference.read': () => true,
})
