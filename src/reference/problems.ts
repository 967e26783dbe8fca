import type { ProblemKind } from '../platform/kernel/problem.ts'

export const rowExists: ProblemKind = {
  slug: 'reference-row-exists',
  status: 409,
  title: 'The file has a row of this name already: change that one',
}
