import type { ProblemKind } from '../platform/kernel/problem.ts'

/** Carries `request_status`. */
export const notOpen: ProblemKind = {
  slug: 'urgent-request-not-open',
  status: 409,
  title: 'This request was answered or withdrawn',
}
