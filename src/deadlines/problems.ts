import type { ProblemKind } from '../platform/kernel/problem.ts'

/** Carries `deadline_id` when it is a deadline that follows a step: waive it or set it by hand, and try again. */
export const unknownRule: ProblemKind = {
  slug: 'unknown-rule',
  status: 422,
  title: 'No rule of this name holds on that day in that State; see /v1/reference/deadline_rules',
}
export const noTriggerDay: ProblemKind = {
  slug: 'no-trigger-day',
  status: 422,
  title: 'The step does not have the day from which this rule counts',
}
export const tooManyDeadlines: ProblemKind = {
  slug: 'too-many-deadlines',
  status: 409,
  title: 'This case has as many deadlines as it can hold',
}
