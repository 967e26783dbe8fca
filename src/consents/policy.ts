import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { ConsentRow } from './repo.ts'

/** What statistics ask of the cases of the organisation: the key of the statistics keyring opens that purpose alone. */
export const countingPolicy = policy(
  (actor: Actor, said: ConsentRow) => said.organisation_id === actor.organisationId,
  {
    'cube.try': () => true,
    'release.make': () => true,
    'statistics.look': () => true,
    'pool.contribute': () => true,
    'indicator.read': () => true,
  },
)
