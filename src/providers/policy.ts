import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { ProviderRow } from './repo.ts'

const isOurs = (actor: Actor, provider: ProviderRow) => provider.organisation_id === actor.organisationId
const isVisible = (actor: Actor, provider: ProviderRow) => isOurs(actor, provider) || provider.scope === 'coalition'

/** The own directory and the coalition's are read; only who listed a provider changes it. */
export const providerPolicy = policy(isVisible, {
  'provider.list': () => true,
  'provider.read': () => true,
  'provider.search': () => true,
  'provider.change': isOurs,
})
