import type { ProblemKind } from '../platform/kernel/problem.ts'

export const unknownRecipient: ProblemKind = {
  slug: 'unknown-recipient',
  status: 422,
  title: 'There is nobody of this name to refer to',
}
/** Carries `allowed`: the states that a referral can come to from where it is. */
export const noSuchStep: ProblemKind = {
  slug: 'no-such-referral-transition',
  status: 409,
  title: 'A referral in this state does not move there',
}
/** Carries `why`, as the register of consents puts it. */
export const consentRequired: ProblemKind = {
  slug: 'consent-required',
  status: 409,
  title: 'There is no consent at present to share this with that recipient',
}
/** Carries `ended_by`. */
export const referralEnded: ProblemKind = {
  slug: 'referral-ended',
  status: 409,
  title: 'This referral was ended: make a new one',
}
export const notShared: ProblemKind = {
  slug: 'referral-not-shared',
  status: 409,
  title: 'This referral has not been proposed yet',
}
export const alreadyShared: ProblemKind = {
  slug: 'referral-already-shared',
  status: 409,
  title: 'What was proposed is not changed any more',
}
export const tooManyReferrals: ProblemKind = {
  slug: 'too-many-referrals',
  status: 409,
  title: 'This case has as many referrals as a case can have',
}
/** What would be handed over now is not what was looked at: preview it again. */
export const notAsPreviewed: ProblemKind = {
  slug: 'package-not-as-previewed',
  status: 409,
  title: 'Look at what will be handed over, and name its hash',
}
/** Carries `person_ids`. */
export const personNotInCase: ProblemKind = {
  slug: 'person-not-in-case',
  status: 422,
  title: 'Somebody who is to be handed over is not in this case',
}
export const notAccepted: ProblemKind = {
  slug: 'referral-not-accepted',
  status: 409,
  title: 'Only what was accepted is linked to a case',
}
export const noLetter: ProblemKind = {
  slug: 'referral-needs-no-letter',
  status: 409,
  title: 'Inside the coalition a package is handed over, and no letter',
}
