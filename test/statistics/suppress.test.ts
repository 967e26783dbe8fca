import { describe, expect, test } from 'vitest'
import { countVictims } from '../../src/statistics/count.ts'
import type { Table } from '../../src/statistics/grid.ts'
import { positionsToHide } from '../../src/statistics/suppress.ts'
import { boundsOf, recovered } from './attacker.ts'
import { randomCube } from './tables.ts'

const TABLES = 200
const tables = await Promise.all(
  Array.from({ length: TABLES }, async (_, index) => {
    const { table } = randomCube(index + 1)
    return { seed: index + 1, table, hidden: await positionsToHide(table) }
  }),
)

/** What a release gives away: hidden counts computed exactly, and small groups proved to exist or to be small. */
function leaks(table: Table, hidden: readonly boolean[]) {
  const small = [...table.counts.keys()].filter((position) => (table.persons[position] ?? 0) < 5)
  const bounds = boundsOf(table, hidden)
  const of = (position: number) =>
    bounds.get(position) ?? { least: table.counts[position] ?? 0, most: table.counts[position] ?? 0 }
  return {
    exact: recovered(table, hidden).length,
    within: small.filter((position) => of(position).least > 0.01 && of(position).most < 4.99).length,
    exists: small.filter((position) => of(position).least > 0.01).length,
    isSmall: small.filter((position) => of(position).most < 4.99).length,
  }
}

const none = { exact: 0, within: 0, exists: 0, isSmall: 0 }

describe('an attacker with exact elimination and linear programs', () => {
  test(`learns nothing of a small count from ${String(TABLES)} random tables`, () => {
    const faults: unknown[] = []
    let shown = 0
    for (const { seed, table, hidden } of tables) {
      const found = leaks(table, hidden)
      shown += hidden.filter((isHidden) => !isHidden).length
      if (JSON.stringify(found) !== JSON.stringify(none)) faults.push({ seed, ...found })
    }

    expect(faults).toEqual([])
    expect(shown).toBeGreaterThan(TABLES * 5)
  })

  test('does learn small counts where only those under five are hidden', () => {
    const learned = { tables: 0, exact: 0, within: 0 }
    for (const { table } of tables) {
      const found = leaks(
        table,
        table.persons.map((persons) => persons < 5),
      )
      learned.tables += found.exact + found.within > 0 ? 1 : 0
      learned.exact += found.exact
      learned.within += found.within
    }

    expect(learned.tables).toBeGreaterThan(TABLES / 4)
    expect(learned.exact).toBeGreaterThan(TABLES)
    expect(learned.within).toBeGreaterThan(TABLES / 2)
  })
})

describe('what is hidden', () => {
  test('is every count of fewer than five persons, and nobody at all is fewer than five', () => {
    for (const { table, hidden } of tables) {
      const isShown = [...table.counts.keys()].filter((position) => hidden[position] === false)
      expect(isShown.filter((position) => (table.persons[position] ?? 0) < 5)).toEqual([])
    }
  })

  test('is nothing where all counts are large', async () => {
    const counts = [
      10, 20, 30, 30, 40, 70, 40, 60, 100, 11, 12, 23, 13, 14, 27, 24, 26, 50, 21, 32, 53, 43, 54, 97, 64, 86, 150,
    ]
    const hidden = await positionsToHide({ sizes: [3, 3, 3], counts, persons: counts })

    expect(hidden.filter(Boolean)).toEqual([])
  })

  test('is everything where there is nobody, and where there are four', async () => {
    const four = Array.from({ length: 8 }, () => 4)
    const empty = await positionsToHide({ sizes: [1, 1, 1], counts: [0], persons: [0] })
    const few = await positionsToHide({ sizes: [2, 2, 2], counts: four, persons: four })

    expect([...empty, ...few]).toEqual(Array.from({ length: 9 }, () => true))
  })

  test('is a total of five violations that one person suffered', async () => {
    const violations = ['a', 'b', 'c', 'd', 'e']
    const { table } = countVictims([{ persons: 1, violations, country: 'KG', year: '2024' }])

    expect(table.counts.at(-1)).toBe(5)
    expect((await positionsToHide(table)).at(-1)).toBe(true)
  })

  test('is the same each time', async () => {
    const { table } = randomCube(7)

    expect(await positionsToHide(table)).toEqual(await positionsToHide(table))
  })
})
