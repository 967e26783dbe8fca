import { ofCase } from '../cases/policy.ts'
import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { PostingRow, ReachedPosting } from './repo-postings.ts'
import type { UnitRow } from './repo.ts'

const always = () => true

/** The register is one of the organisation: those who help victims hold its key. */
export const unitPolicy = policy((actor: Actor, unit: UnitRow) => unit.organisation_id === actor.organisationId, {
  'unit.create': always,
  'unit.list': always,
  'unit.read': always,
  'unit.change': always,
  'unit.list_acts': always,
  'posting.record': always,
})

export const postingPolicy = (found: { readonly id: Id<'cases'> }) =>
  ofCase<PostingRow, 'posting.list' | 'posting.end'>(found, { 'posting.list': always, 'posting.end': always })

/** Who served where is for the teams of the cases that say so. */
export const reachedPostingPolicy = policy(
  (actor: Actor, posting: ReachedPosting) => posting.organisation_id === actor.organisationId && posting.is_reached,
  { 'unit.list_acts': always, 'perpetrator.list': always, 'perpetrator.list_reported': always },
)
