import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startApp } from '../../support/app.ts'

const app = await startApp()
const { body: described } = await app.stranger.get('/openapi.json')

test('the reference writes each coded list once, and refers to it elsewhere', () => {
  const { violation_types } = described.components.schemas
  const whole = JSON.stringify(described)

  expect(violation_types.enum).toContain('torture')
  expect(whole.split(JSON.stringify(violation_types.enum)).length - 1).toBe(1)
  expect(whole.match(/"#\/components\/schemas\/violation_types"/g)?.length).toBeGreaterThan(1)
})

test('every reference in it leads somewhere', () => {
  const names = [...JSON.stringify(described).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)

  expect(names.filter((name) => name === undefined || !(name in described.components.schemas))).toEqual([])
})

test('every operation has a name of its own', () => {
  const paths: Record<string, Record<string, { operationId: string }>> = described.paths
  const names = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))

  expect(new Set(names).size).toBe(names.length)
})

test('what is served is what lies in schemas/openapi.json', () => {
  const kept: unknown = JSON.parse(readFileSync(new URL('../../../schemas/openapi.json', import.meta.url), 'utf8'))

  expect(described).toEqual(kept)
})
