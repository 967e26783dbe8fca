import type { ProblemKind } from '../platform/kernel/problem.ts'

export const tooManyEpisodes: ProblemKind = {
  slug: 'too-many-episodes',
  status: 409,
  title: 'A case holds up to 200 episodes of detention',
}
