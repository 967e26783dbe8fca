import type { ProblemKind } from '../platform/kernel/problem.ts'

/** Carries `incident_status`, what the incident is now, and `allowed`, what it would have to be. */
export const notInStatus: ProblemKind = {
  slug: 'not-in-status',
  status: 409,
  title: 'The incident is not in a status that allows this',
}
/** The case is not there, not of this organisation, or not one that the caller works on: which, is not said. */
export const caseNotAvailable: ProblemKind = {
  slug: 'case-not-available',
  status: 409,
  title: 'There is no such case that you work on',
}
export const alreadyLinked: ProblemKind = {
  slug: 'already-linked',
  status: 409,
  title: 'The incident is linked to a case already',
}
export const supplementsFull: ProblemKind = {
  slug: 'supplements-full',
  status: 409,
  title: 'Nothing more can be added to this report',
}
