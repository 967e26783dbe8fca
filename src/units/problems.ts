import type { ProblemKind } from '../platform/kernel/problem.ts'

/** Carries `unit_id`: the one that is there. */
export const unitKnown: ProblemKind = {
  slug: 'unit-known',
  status: 409,
  title: 'A unit of this name is in the register already',
}
export const unitLoop: ProblemKind = {
  slug: 'unit-loop',
  status: 409,
  title: 'The unit above it does not exist, or is under it',
}
export const registerFull: ProblemKind = {
  slug: 'register-full',
  status: 409,
  title: 'The register has as many units, or the case as many postings, as it can',
}
/** The person is not in this case, or the party is no alleged perpetrator of an incident linked to it. */
export const notAPerpetrator: ProblemKind = {
  slug: 'not-a-perpetrator',
  status: 409,
  title: 'This is no alleged perpetrator of the case',
}
