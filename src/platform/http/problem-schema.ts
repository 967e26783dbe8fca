import { z } from 'zod'
import { isOpenToAnyone } from '../access/roles.ts'
import type { Route } from './route.ts'

/** The wire form of a problem (RFC 9457). Nothing in it is made from anybody's data. */
const ProblemDetails = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    instance: z.string(),
  })
  .meta({
    title: 'ProblemDetails',
    description: 'What went wrong (RFC 9457)',
    examples: [
      { type: '/problems/not-found', title: 'There is nothing here', status: 404, instance: '/requests/0b9d…' },
    ],
  })

/** The statuses that a route can answer besides its own, for the reference. */
export function problemSchemas(route: Route): Record<number, unknown> {
  const kinds = new Set<number>([400, 415, 429, 503, ...(route.problems ?? []).map(({ status }) => status)])
  if (!isOpenToAnyone(route.action)) kinds.add(401).add(403)
  if (route.params !== undefined) kinds.add(404)
  if (route.changes === true) kinds.add(412).add(428)
  if (route.creates === true) kinds.add(422)
  const media = { content: { 'application/problem+json': { schema: ProblemDetails } } }
  return Object.fromEntries([...kinds].sort().map((status) => [status, media]))
}
