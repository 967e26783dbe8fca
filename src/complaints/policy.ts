import { ofCase } from '../cases/policy.ts'
import type { Id } from '../platform/kernel/ids.ts'

type OfCase = { readonly case_id: Id<'cases'>; readonly organisation_id: Id<'organisations'> }

/** The whole team reads a complaint with its steps and letters; who of it writes, the roles say. */
export const complaintsOf = <R extends OfCase>(found: { readonly id: Id<'cases'> }) =>
  ofCase(found, {
    'complaint.list': (_actor, _row: R) => true,
    'complaint.change': () => true,
    'complaint.record': () => true,
    'complaint.make_document': () => true,
  })
