import { expect, test } from 'vitest'
import { possibleWorlds, protectedBy, thresholdOnly, tiny } from '../../scripts/statistics/attacks/possible-worlds.ts'

// Larger totals take minutes: `npm run attack-release -- --fillings 2x3 --most 9`.
test.each([
  [1, 3, 6],
  [2, 2, 4],
  [2, 3, 4],
])(
  'a reader with this program, and all fillings of a table of %i by %i, proves nothing',
  async (a, b, most) => {
    const cube = tiny(a, b)

    const ours = await possibleWorlds(cube, most, protectedBy(cube))
    const theirs = await possibleWorlds(cube, most, thresholdOnly(cube))

    expect(ours.smallCells).toBeGreaterThan(100)
    expect(ours.leaks).toBe(0)
    expect(theirs.leaks).toBeGreaterThan(100)
  },
  60_000,
)
