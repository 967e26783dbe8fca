import { expect, test } from 'vitest'
import { attempt, wishesOf } from '../../scripts/statistics/attacks/random-sets.ts'
import { totalsOf } from '../../scripts/statistics/attacks/totals.ts'

// More of them: `npm run attack-release -- --random 200`.
test('invented data of many sizes are certified or refused, and no attack proves anything', async () => {
  const small = wishesOf(60, 2).filter(
    ({ records, sizes, margins }) => records < 400 && sizes.length < 5 && margins === 2,
  )

  const attempts = []
  for (const wish of small.slice(0, 4))
    attempts.push(await attempt(wish, { insiders: 1, pieces: 1, cells: 5, whole: 1 }))

  const ours = totalsOf(attempts.flatMap((tried) => tried.ours))
  const naive = totalsOf(attempts.flatMap((tried) => tried.naive))
  expect(attempts.filter(({ verdict }) => verdict === 'certified').length).toBeGreaterThan(1)
  expect(ours[0]?.targets).toBeGreaterThan(20)
  expect(ours.filter(({ recovered, proved }) => recovered + proved > 0)).toEqual([])
  expect(naive.filter(({ proved }) => proved > 0)).not.toEqual([])
}, 120_000)
