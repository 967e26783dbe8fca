import { type Bound, keyOf, type Published } from './published.ts'

/** The mean of many answers to the same question: where each has noise of its own, the noise is gone. */
export function average(answers: readonly Published[]): Bound[] {
  const sums = new Map<string, { at: Bound['at']; sum: number; times: number }>()
  for (const { cells } of answers)
    for (const { at, lo, hi } of cells) {
      if (lo === undefined || hi === undefined) continue
      const { sum, times } = sums.get(keyOf(at)) ?? { sum: 0, times: 0 }
      sums.set(keyOf(at), { at, sum: sum + (lo + hi) / 2, times: times + 1 })
    }
  return [...sums.values()].map(({ at, sum, times }) => ({
    at,
    least: Math.round(sum / times),
    most: Math.round(sum / times),
  }))
}
