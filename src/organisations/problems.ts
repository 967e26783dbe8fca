import type { ProblemKind } from '../platform/kernel/problem.ts'

/** The set-up code is wrong, or the coalition stands already. */
export const setupRefused: ProblemKind = {
  slug: 'setup-refused',
  status: 403,
  title: 'The set-up code is wrong, or set-up is over',
}
export const invitationRefused: ProblemKind = {
  slug: 'invitation-refused',
  status: 410,
  title: 'This invitation is unknown, used or too old: ask for another',
}
export const wrongAnchor: ProblemKind = {
  slug: 'wrong-anchor',
  status: 422,
  title: 'This server is not the one you were told of: its fingerprint is another',
}
export const wrongFingerprint: ProblemKind = {
  slug: 'wrong-fingerprint',
  status: 422,
  title: 'The fingerprint is another one: compare it again with the person',
}
export const alreadyConfirmed: ProblemKind = {
  slug: 'already-confirmed',
  status: 409,
  title: 'This member has been confirmed already',
}
export const notConfirmedYet: ProblemKind = {
  slug: 'not-confirmed-yet',
  status: 409,
  title: 'Confirm this member first',
}
/** A coordinator who confirmed others must stay one: their confirmations hang on it. */
export const stillVouches: ProblemKind = {
  slug: 'still-vouches',
  status: 409,
  title: 'This coordinator has confirmed others and must stay a coordinator',
}
/** What is written to a keyring that nobody holds is lost: somebody else must be able to read it first. */
export const lastReader: ProblemKind = {
  slug: 'last-reader',
  status: 409,
  title: 'Nobody else could read what your organisation receives: give another member the role or the mark first',
}
export const tooManyOfficers: ProblemKind = {
  slug: 'too-many-officers',
  status: 409,
  title: 'An organisation has at most 12 recovery officers',
}
export const cannotRemoveAnchor: ProblemKind = {
  slug: 'cannot-remove-founder',
  status: 409,
  title: "The founder's key anchors the coalition's trust and cannot be removed",
}
/** Carries `cases`: those that nobody else could read any more. */
export const casesToHandOver: ProblemKind = {
  slug: 'cases-to-hand-over',
  status: 409,
  title: 'There are cases that nobody else could read any more: hand them over first',
}
