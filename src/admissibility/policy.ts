import { ofCase } from '../cases/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { ClaimRow } from './repo.ts'

/** The whole team reads what is claimed; who of it writes it, the roles say. */
export const claimsOf = (found: { readonly id: Id<'cases'> }) =>
  ofCase(found, { 'claim.read': (_actor, _row: ClaimRow) => true, 'claim.write': () => true })
