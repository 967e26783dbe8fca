import type { ProblemKind } from '../platform/kernel/problem.ts'

export const unknownStep: ProblemKind = {
  slug: 'unknown-step',
  status: 422,
  title: 'The domestic ladder has no such step; see /v1/reference/domestic_ladder',
}
export const tooManySteps: ProblemKind = {
  slug: 'too-many-steps',
  status: 409,
  title: 'This case has as many steps as it can hold',
}
