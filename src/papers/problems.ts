import type { ProblemKind } from '../platform/kernel/problem.ts'

export const assigneeNotOnTeam: ProblemKind = {
  slug: 'assignee-not-on-team',
  status: 409,
  title: 'A task is given to somebody on the team',
}
/** Risk assessments, conflict checks and authorities: what was found on that day stays; a later one is written anew. */
export const paperIsFinal: ProblemKind = {
  slug: 'paper-is-final',
  status: 409,
  title: 'A paper of this kind is not changed: write another',
}
