import { expect, test } from 'vitest'
import { vocabularyRoutes } from '../../src/vocabularies/routes.ts'

test('what the reference shows as a reply is one that the route could give', () => {
  const failures = vocabularyRoutes
    .map((route) => route.reply.safeParse(route.examples?.reply))
    .filter((parsed) => !parsed.success)

  expect(vocabularyRoutes.map((route) => `${route.method} ${route.url}`)).toEqual([
    'GET /vocabularies',
    'GET /vocabularies/:name',
  ])
  expect(failures).toEqual([])
})
