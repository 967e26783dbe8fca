import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgeOf, edgesFrom } from '../../src/cases/stages.ts'

const drawn = {
  intake: ['documentation', 'declined', 'closed'],
  documentation: ['litigation', 'follow_up', 'closed'],
  litigation: ['follow_up', 'closed'],
  follow_up: ['closed'],
  closed: ['documentation', 'litigation', 'follow_up'],
  declined: [],
} as const
type Stage = keyof typeof drawn
const stages: Stage[] = ['intake', 'documentation', 'litigation', 'follow_up', 'closed', 'declined']

test('the graph is the one that was drawn', () => {
  for (const from of stages)
    expect([
      from,
      edgesFrom(from)
        .map(({ to }) => to)
        .sort(),
    ]).toEqual([from, [...drawn[from]].sort()])
})

test('a thousand walks of two hundred steps come to no stage by a way that was not drawn', () => {
  const steps = fc.array(fc.constantFrom(...stages), { minLength: 200, maxLength: 200 })
  fc.assert(
    fc.property(steps, (wishes) => {
      let stage: Stage = 'intake'
      let wasDocumented = false
      for (const to of wishes) {
        const edge = edgeOf(stage, to)
        const ways: readonly Stage[] = drawn[stage]
        expect(edge !== undefined).toBe(ways.includes(to))
        if (edge === undefined) continue
        wasDocumented ||= edge.requires.includes('consent_to_store')
        stage = to
        // Nobody works on a case past its intake to which nobody consented.
        if (['documentation', 'litigation', 'follow_up'].includes(stage)) expect(wasDocumented).toBe(true)
      }
    }),
    { numRuns: 1_000 },
  )
})
