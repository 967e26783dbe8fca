import type { ProblemKind } from '../platform/kernel/problem.ts'

/** Nobody of this organisation, no longer a member, or of a role that works on no cases (or, for a lead, cannot lead one). */
export const notEligible: ProblemKind = {
  slug: 'not-eligible',
  status: 409,
  title: 'This person cannot take this part in a case',
}
export const alreadyOnTeam: ProblemKind = {
  slug: 'already-on-team',
  status: 409,
  title: 'This person is on the team already',
}
export const teamFull: ProblemKind = { slug: 'team-full', status: 409, title: 'The team of this case is full' }
export const lastMember: ProblemKind = {
  slug: 'last-member',
  status: 409,
  title: 'Nobody else could read this case any more',
}
export const leadMustPass: ProblemKind = {
  slug: 'lead-must-pass',
  status: 409,
  title: 'Name another lead first',
}
/** Carries `allowed`: the stages that the case can move to from where it is. */
export const noSuchTransition: ProblemKind = {
  slug: 'no-such-transition',
  status: 409,
  title: 'A case in this stage does not move there',
}
/** Carries `missing`: codes of requirements, and names of fields of the request. */
export const requirementsUnmet: ProblemKind = {
  slug: 'requirements-unmet',
  status: 409,
  title: 'The case does not yet meet what this stage requires',
}
/** Closed or declined: nothing is added to it or changed in it until it is reopened. */
export const caseAtRest: ProblemKind = {
  slug: 'case-at-rest',
  status: 409,
  title: 'Nobody works on this case at present: it is closed or was declined',
}
