import type { Facts } from './facts.ts'
import { atOf, depthOf, type Layout } from './layout.ts'
import type { Draw } from './types.ts'

/** Of those that stood in the way at least this share of the most frequent one. */
const OFTEN = 0.3

/**
 * What gives way so that a goal can be met: of the shown cells that stood in the way the deepest is hidden. Which one
 * among equals is drawn, never taken by its count. False: nothing is left to hide.
 */
export function giveWay(game: Hiding, conflict: ReadonlyMap<number, number>): boolean {
  const { layout, facts, shown } = game
  const often = Math.max(0, ...conflict.values()) * OFTEN
  const hideable = [...conflict].filter(([cell]) => shown.has(cell) && depthOf(layout, cell) > 0)
  const most = hideable.filter(([, times]) => times >= often)
  const cell = first(
    game,
    (most.length > 0 ? most : hideable).map(([other]) => other),
  )
  if (cell !== undefined) {
    shown.delete(cell)
    facts.hide(cell)
    return depthOf(layout, cell) > 1 || game.isUseful()
  }
  const isFloored = (other: number) => facts.hidden.has(other) && !facts.deniable.has(other)
  const floored = first(game, [...conflict.keys()].filter(isFloored))
  if (floored !== undefined) facts.deny(floored)
  return floored !== undefined
}

export type Hiding = {
  readonly layout: Layout
  readonly facts: Facts
  readonly shown: Set<number>
  readonly draw: Draw
  /** Whether what is shown is worth a release. */
  readonly isUseful: () => boolean
}

function first({ layout, draw }: Hiding, cells: readonly number[]): number | undefined {
  const order = (cell: number) => draw('order', cellText(layout, cell))
  return [...cells].sort((a, b) => depthOf(layout, b) - depthOf(layout, a) || order(a) - order(b))[0]
}

/** Hidden before anything is searched: by coin, and where too few people could be meant. */
export function hideAtFirst(
  { layout, facts, shown, draw }: Hiding,
  hides: (cell: number, drawn: number) => boolean,
): void {
  for (const cell of layout.declared) {
    if (depthOf(layout, cell) === 0 || !shown.has(cell)) continue
    if (!hides(cell, draw('coin', cellText(layout, cell)))) continue
    shown.delete(cell)
    facts.hide(cell)
  }
}

/** The cell in a text that hangs on nothing but the cube. */
function cellText(layout: Layout, cell: number): string {
  return layout.dims.map(({ name }) => JSON.stringify([name, atOf(layout, cell)[name] ?? null])).join()
}
