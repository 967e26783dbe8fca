import type { ProblemKind } from '../platform/kernel/problem.ts'

export const twoCommittees: ProblemKind = {
  slug: 'two-committees',
  status: 422,
  title: 'A communication goes to one body',
}
export const unknownMechanism: ProblemKind = {
  slug: 'unknown-mechanism',
  status: 422,
  title: 'No mechanism of this name holds today; see /v1/mechanisms',
}
export const filingBeforeFacts: ProblemKind = {
  slug: 'filing-before-facts',
  status: 422,
  title: 'The complaint would be filed before anything that it is about had happened',
}
export const decisionBeforeSubmission: ProblemKind = {
  slug: 'decision-before-submission',
  status: 422,
  title: 'The decision would come before the complaint was submitted',
}
export const stepOutOfOrder: ProblemKind = {
  slug: 'step-out-of-order',
  status: 422,
  title: 'This step cannot stand there',
}
export const dayNotCome: ProblemKind = {
  slug: 'day-not-come',
  status: 422,
  title: 'What has happened has a day that has come',
}
export const consentMissing: ProblemKind = {
  slug: 'consent-missing',
  status: 409,
  title: 'Not everybody whose complaint it is has allowed that it goes to this body',
}
export const cannotBeJoined: ProblemKind = {
  slug: 'cannot-be-joined',
  status: 422,
  title: 'Only two complaints to one body against one State can be joined',
}
export const notOfThisCase: ProblemKind = {
  slug: 'not-of-this-case',
  status: 422,
  title: 'Names a letter or an item of evidence that this case does not have',
}
export const mechanismIsFixed: ProblemKind = {
  slug: 'mechanism-is-fixed',
  status: 422,
  title: 'The body and the State of a complaint that was submitted stay as they are',
}
export const tooManyComplaints: ProblemKind = {
  slug: 'too-many-complaints',
  status: 409,
  title: 'There are as many of these as there can be',
}
