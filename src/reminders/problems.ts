import type { ProblemKind } from '../platform/kernel/problem.ts'

export const mailNotConfigured: ProblemKind = {
  slug: 'mail-not-configured',
  status: 409,
  title: 'This server sends no mail; use the agenda or the calendar',
}
