import { countVictims, type Cube, type Victim } from '../../src/statistics/count.ts'

/** Random numbers from a seed, so that a failure can be repeated (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A table of 2 to 3 codes an axis over 5 to 200 victims, some with two violations, a few of them groups. */
export function randomCube(seed: number): Cube {
  const random = randomFrom(seed)
  const upTo = (most: number) => Math.floor(random() * most)
  const sizes = [2 + upTo(2), 2 + upTo(2), 2 + upTo(2)]
  const skew = 1 + random() * 2
  const code = (axis: number) => `${'vcy'.charAt(axis)}${String(Math.floor((sizes[axis] ?? 2) * random() ** skew))}`
  const victims = Array.from({ length: 5 + upTo(196) }, (): Victim => {
    const violations = new Set([code(0), ...(random() < 0.2 ? [code(0)] : [])])
    return { persons: random() < 0.03 ? 2 + upTo(8) : 1, violations: [...violations], country: code(1), year: code(2) }
  })
  return countVictims(victims)
}
