/**
 * A table of counts over three axes, with its margins. Each axis has its codes and, as the last entry, their total.
 * Positions run through the axes with the last one fastest.
 */
export type Table = {
  /** How many entries each axis has, the total included. */
  readonly sizes: readonly number[]
  readonly counts: readonly number[]
  /** How many different persons are behind each count; where a person is counted for several codes, fewer. */
  readonly persons: readonly number[]
}

/** Which entry of each axis a position stands at. */
export type Entries = readonly number[]

export function entriesAt(sizes: readonly number[], position: number): Entries {
  let rest = position
  const entries = sizes.toReversed().map((size) => {
    const entry = rest % size
    rest = (rest - entry) / size
    return entry
  })
  return entries.reverse()
}

export const positionOf = (sizes: readonly number[], entries: Entries): number =>
  sizes.reduce((position, size, axis) => position * size + at(entries, axis), 0)

/** The position itself and every total that it is part of. */
export function positionsWith(sizes: readonly number[], entries: Entries): number[] {
  return sizes.reduce<number[]>(
    (positions, size, axis) =>
      positions.flatMap((position) => [position * size + at(entries, axis), position * size + size - 1]),
    [0],
  )
}

/** Outside of the list stands nothing. */
export const at = (numbers: readonly number[], index: number): number => numbers[index] ?? 0
