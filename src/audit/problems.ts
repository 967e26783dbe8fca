import type { ProblemKind } from '../platform/kernel/problem.ts'

/** The head of the trail does not fit its events, so that no event can be given a number any more. */
export const trailDamaged: ProblemKind = {
  slug: 'trail-damaged',
  status: 409,
  title: 'The audit trail was changed outside this program and cannot be continued',
}
