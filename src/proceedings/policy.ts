import { ofCase } from '../cases/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { ProceedingRow } from './repo.ts'

/** The whole team reads the steps; who of it may write them, the roles say. */
export const proceedingsOf = (found: { readonly id: Id<'cases'> }) =>
  ofCase(found, {
    'proceeding.list': (_actor, _row: ProceedingRow) => true,
    'proceeding.change': () => true,
    'proceeding.read_exhaustion': () => true,
  })
