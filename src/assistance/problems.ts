import type { ProblemKind } from '../platform/kernel/problem.ts'

/** Carries `fields`: those that name nothing of this organisation. */
export const unknownReference: ProblemKind = {
  slug: 'unknown-reference',
  status: 422,
  title: 'A programme, budget line or provider that is named is not one of yours',
}
export const notYetDelivered: ProblemKind = {
  slug: 'not-yet-delivered',
  status: 422,
  title: 'What was delivered lies in the past: a day to come is a plan',
}
export const alreadyVoid: ProblemKind = {
  slug: 'already-void',
  status: 409,
  title: 'This was declared void before',
}
