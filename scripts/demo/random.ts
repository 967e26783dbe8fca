/** Chance that can be repeated: the same seed gives the same numbers on every machine. */
export type Random = {
  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** As pick, the first of the list by far the most often: life is not evenly spread. */
  skewed<T>(list: readonly T[]): T
  /** One or more different ones, at most so many. */
  some<T>(list: readonly T[], most: number): T[]
}

/** Xorshift with 32 bits (Marsaglia 2003): enough to invent reports, and for nothing else. */
export function randomFrom(seed: number): Random {
  let state = seed | 1
  const share = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const random: Random = {
    below: (limit) => Math.floor(share() * limit),
    chance: (wanted) => share() < wanted,
    pick: (list) => at(list, Math.floor(share() * list.length)),
    skewed: (list) => at(list, Math.floor(share() ** 2.5 * list.length)),
    some: (list, most) => {
      const chosen = new Set(Array.from({ length: 1 + random.below(most) }, () => random.skewed(list)))
      return [...chosen]
    },
  }
  return random
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError('there is nothing to pick from')
  return found
}
