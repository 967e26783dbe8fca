import type { ProblemKind } from '../platform/kernel/problem.ts'

/** Carries `person_ids`: those to look at. Name them in `not_the_same_as`, or link the one that it is. */
export const likelyKnown: ProblemKind = {
  slug: 'likely-known',
  status: 409,
  title: 'Somebody with a like name is known already',
}
export const alreadyInCase: ProblemKind = {
  slug: 'already-in-case',
  status: 409,
  title: 'This person is in the case already',
}
/** A person that is in no case has no reader. */
export const lastCase: ProblemKind = {
  slug: 'last-case',
  status: 409,
  title: 'This person is in no other case: nobody could read the record any more',
}
/** As many as are read at once: a mass event is a group with a count. */
export const caseFull: ProblemKind = {
  slug: 'case-full',
  status: 409,
  title: 'This case has as many persons or relations as it can',
}
/** Carries `refs`. An institution is a unit, and who has no name yet is entered by hand. */
export const partyNotAPerson: ProblemKind = {
  slug: 'party-not-a-person',
  status: 409,
  title: 'This party has no name, or is an institution',
}
/** Carries `person_id`: the record that it went into. */
export const personMerged: ProblemKind = {
  slug: 'person-merged',
  status: 410,
  title: 'This record was merged into another one of the same person',
}
/** Who merges or undoes reads everything before and after. */
export const otherTeams: ProblemKind = {
  slug: 'other-teams',
  status: 409,
  title: 'One of the two is in a case whose team you are not on',
}
export const knownToDiffer: ProblemKind = {
  slug: 'known-to-differ',
  status: 409,
  title: 'These two were said not to be the same person, or are one record',
}
/** Give `identity` and `facts`: what the record that stayed shall say. */
export const changedSince: ProblemKind = {
  slug: 'changed-since',
  status: 409,
  title: 'The record was changed after the merge: say what it shall say',
}
export const marksFull: ProblemKind = {
  slug: 'marks-full',
  status: 409,
  title: 'A person is told apart from itself, or from too many',
}
