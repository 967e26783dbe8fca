import type { ProblemKind } from '../platform/kernel/problem.ts'

export const beforeDecision: ProblemKind = {
  slug: 'before-decision',
  status: 422,
  title: 'Nothing of a decision is carried out before it is adopted',
}
export const decisionBeforeSubmission: ProblemKind = {
  slug: 'decision-before-submission',
  status: 422,
  title: 'The decision would come before its complaint was submitted',
}
export const dayNotCome: ProblemKind = {
  slug: 'day-not-come',
  status: 422,
  title: 'What has happened has a day that has come',
}
export const unknownGrade: ProblemKind = {
  slug: 'unknown-grade',
  status: 422,
  title: 'The scale has no such grade; see /v1/reference/implementation_model',
}
export const unknownMechanism: ProblemKind = {
  slug: 'unknown-mechanism',
  status: 422,
  title: 'No committee of this name holds today; see /v1/mechanisms',
}
export const notOfThisDecision: ProblemKind = {
  slug: 'not-of-this-decision',
  status: 422,
  title: 'Names a complaint, a measure or an item of evidence that does not belong here',
}
export const tooManyHere: ProblemKind = {
  slug: 'too-many-here',
  status: 409,
  title: 'There are as many of these as there can be',
}
