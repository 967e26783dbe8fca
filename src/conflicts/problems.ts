import type { ProblemKind } from '../platform/kernel/problem.ts'

/** A question tells one bit about cases that the asker is not on. */
export const askedTooOften: ProblemKind = {
  slug: 'asked-too-often',
  status: 409,
  title: 'You have asked five times in seven days, or this case today: ask a coordinator',
}
export const nobodyToAskFor: ProblemKind = {
  slug: 'nobody-to-ask-for',
  status: 409,
  title: 'Nobody is named in this case yet',
}
