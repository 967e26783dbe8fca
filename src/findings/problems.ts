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
