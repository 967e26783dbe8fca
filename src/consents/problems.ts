import type { ProblemKind } from '../platform/kernel/problem.ts'

export const tooManyConsents: ProblemKind = {
  slug: 'too-many-consents',
  status: 409,
  title: 'This case has as many consents as a case can have',
}
