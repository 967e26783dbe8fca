import type { ProblemKind } from '../platform/kernel/problem.ts'

export const gradeNeedsClinician: ProblemKind = {
  slug: 'grade-needs-clinician',
  status: 403,
  title: 'Only a clinician grades a finding; record what was observed without a grade',
}
export const gradedByAnother: ProblemKind = {
  slug: 'graded-by-another',
  status: 403,
  title: 'A graded finding is changed by whoever graded it; a second opinion is another finding',
}
export const unknownExamination: ProblemKind = {
  slug: 'unknown-examination',
  status: 422,
  title: 'This case has no such examination',
}
export const noExamination: ProblemKind = {
  slug: 'no-examination',
  status: 409,
  title: 'There is no examination in this case to report on',
}
export const tooLongForReport: ProblemKind = {
  slug: 'too-long-for-report',
  status: 409,
  title: 'This case has more findings than one report can hold',
}
/** Carries `why`, as the register of consents puts it. */
export const storingNotAllowed: ProblemKind = {
  slug: 'storing-not-allowed',
  status: 409,
  title: 'The consent to keep what was told does not hold',
}
