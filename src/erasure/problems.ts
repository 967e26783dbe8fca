import type { ProblemKind } from '../platform/kernel/problem.ts'

export const caseAtWork: ProblemKind = {
  slug: 'case-at-work',
  status: 409,
  title: 'This case is still worked on: close or decline it first',
}
export const onHold: ProblemKind = {
  slug: 'on-hold',
  status: 409,
  title: 'The case must be kept: lift the hold first',
}
export const erasurePending: ProblemKind = {
  slug: 'erasure-pending',
  status: 409,
  title: 'This is proposed to be erased already',
}
export const erasureDecided: ProblemKind = {
  slug: 'erasure-decided',
  status: 409,
  title: 'This proposal was confirmed or withdrawn already',
}
/** Carries `not_before`. */
export const stillWaiting: ProblemKind = {
  slug: 'still-waiting',
  status: 409,
  title: 'The days of waiting are not over',
}
/** One record, several teams: those of the other cases take the person out of theirs first. */
export const inOtherCases: ProblemKind = {
  slug: 'in-other-cases',
  status: 409,
  title: 'This person is in other cases too',
}
export const nothingToErase: ProblemKind = {
  slug: 'nothing-to-erase',
  status: 409,
  title: 'What was to be erased is there no more',
}
export const holdLifted: ProblemKind = { slug: 'hold-lifted', status: 409, title: 'This hold was lifted already' }
