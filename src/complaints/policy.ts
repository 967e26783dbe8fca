import { ofCase } from '../cases/policy.ts'
import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
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

/** What complaints are counted for. */
export type Counting = 'cube.try' | 'release.make' | 'statistics.look' | 'pool.contribute'

/** Whoever counts for the organisation opens the coded facts alone: more their keys do not open. */
export const countingPolicy = <R extends OfCase>() =>
  policy<R, Counting>((actor: Actor, row) => row.organisation_id === actor.organisationId, {
    'cube.try': () => true,
    'release.make': () => true,
    'statistics.look': () => true,
    'pool.contribute': () => true,
  })
