import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import { ofCase } from '../cases/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { BudgetLineRow, ServiceRow } from './repo.ts'

/** The team reads what was done on its case; who recorded it, the lead and a coordinator on the team declare it void. */
export const servicePolicy = (found: { readonly id: Id<'cases'>; readonly my_part: 'lead' | 'member' }) =>
  ofCase<ServiceRow, 'service.list' | 'service.void'>(found, {
    'service.list': () => true,
    'service.void': (actor, row) =>
      row.recorded_by === actor.id || found.my_part === 'lead' || actor.roles.includes('coordinator'),
  })

const ofOurs = (actor: Actor, row: { organisation_id: Id<'organisations'> }) =>
  row.organisation_id === actor.organisationId

/** What services are counted for. */
export type Counting = 'indicator.read' | 'cube.try' | 'release.make' | 'statistics.look' | 'pool.contribute'

/** The books of an organisation: whoever may read them reads the cost of each service, and no name with it. */
export const spendingPolicy = policy<ServiceRow, 'spending.read' | Counting>(ofOurs, {
  'spending.read': () => true,
  'indicator.read': () => true,
  'cube.try': () => true,
  'release.make': () => true,
  'statistics.look': () => true,
  'pool.contribute': () => true,
})
export const budgetPolicy = policy<BudgetLineRow, 'spending.read' | 'service.record'>(ofOurs, {
  'spending.read': () => true,
  'service.record': () => true,
})
