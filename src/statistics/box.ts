import { at, entriesAt } from './grid.ts'

/** By how much one position is to change, or changes. */
export type Change = { readonly position: number; readonly change: number }

/** The grid in which somebody moves, and how often a position can change so: not below zero, and never when shown. */
export type Ground = { readonly sizes: readonly number[]; roomAt(position: number, change: number): number }

/**
 * A box with the target at one corner: on each axis another entry, a code or the total. Along codes the change turns
 * its sign, so that their total stays; a total moves along with its code. Undefined when no box has room.
 */
export function boxAt({ sizes, roomAt }: Ground, target: Change): readonly Change[] | undefined {
  const entries = entriesAt(sizes, target.position)
  return extend(sizes.length - 1, 1, [target])

  /** Doubles the corners along one axis after the other, the last axis first: there neighbours are one apart. */
  function extend(axis: number, stride: number, corners: readonly Change[]): readonly Change[] | undefined {
    if (axis < 0) return corners
    const total = at(sizes, axis) - 1
    const own = at(entries, axis)
    for (let entry = total; entry >= 0; entry -= 1) {
      const sign = entry === total || own === total ? 1 : -1
      const step = (entry - own) * stride
      if (step === 0 || !corners.every(({ position, change }) => roomAt(position + step, change * sign) > 0)) continue
      const added = corners.map(({ position, change }) => ({ position: position + step, change: change * sign }))
      const found = extend(axis - 1, stride * (total + 1), [...corners, ...added])
      if (found !== undefined) return found
    }
    return undefined
  }
}
