import type { ProblemKind } from '../platform/kernel/problem.ts'

export const directoryFull: ProblemKind = {
  slug: 'directory-full',
  status: 409,
  title: 'The directory is full: take somebody off it first',
}
