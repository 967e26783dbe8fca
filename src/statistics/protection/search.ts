import type { Facts } from './facts.ts'
import { at, cellIn, codesOf, type Layout, leavesAt, type Table } from './layout.ts'
import type { Witness } from './types.ts'

/** What the other data must have: this cell from lo to hi, these records as they are, and no floor in these cells. */
export type Goal = {
  readonly cell: number
  readonly lo: number
  readonly hi: number
  readonly kept?: ReadonlySet<number>
  readonly lifted?: readonly number[]
}

export type Found = { readonly witness: Witness } | { readonly conflict: ReadonlyMap<number, number> }

export type World = {
  readonly layout: Layout
  readonly rows: readonly (readonly number[])[]
  /** Who may be different in other data: not those whom the insider knows. */
  readonly movable: readonly number[]
  /** Codes that no other record may come to: to an organisation that knows its own. */
  readonly closed?: { readonly dim: number; readonly leaves: ReadonlySet<number> }
  readonly random: () => number
}

const TRIES = 8
const HOT = 0.6
const COLD = 0.15
const COOLING = 0.9998

/**
 * Looks for other data that fit all facts, step by step from the real ones: one code of one record changes at a time.
 * How wrong they are is the sum of what is missing to the facts and to the goal. A step that makes it worse is taken
 * now and then, less and less. Where nothing is found, the conflict says how often each cell was in the way.
 */
// eslint-disable-next-line max-lines-per-function -- one state and the few steps on it, which are read together
export function witnessSearch(world: World, facts: Facts) {
  const { layout, rows, random } = world
  const { tables } = layout
  const width = tables.length
  const codes = rows.map((row) => [...row])
  const cellOf = new Int32Array(rows.length * width)
  const slotOf = new Int32Array(rows.length * width)
  const counts = new Int32Array(layout.cells)
  const members: number[][] = Array.from({ length: layout.cells }, () => [])
  const touchedBy = layout.dims.map((_, dim) =>
    [...tables.keys()].filter((table) => at(tables, table).dims.includes(dim)),
  )
  const lo = new Int32Array(layout.cells)
  const hi = new Int32Array(layout.cells)
  const wrong = bag(layout.cells)
  const changed = new Set<number>()

  const isMovable = new Uint8Array(rows.length)
  for (const record of world.movable) isMovable[record] = 1
  for (const [record, row] of rows.entries())
    for (const [index, table] of tables.entries()) enter(record, index, cellIn(table, row))

  return { find }

  function enter(record: number, table: number, cell: number): void {
    counts[cell] = at(counts, cell) + 1
    cellOf[record * width + table] = cell
    if (isMovable[record] !== 1) return
    const list = at(members, cell)
    slotOf[record * width + table] = list.length
    list.push(record)
  }

  function leave(record: number, table: number, cell: number): void {
    counts[cell] = at(counts, cell) - 1
    const list = at(members, cell)
    const last = at(list, list.length - 1)
    const slot = at(slotOf, record * width + table)
    list[slot] = last
    slotOf[last * width + table] = slot
    list.pop()
  }

  function find(goal: Goal, movesMax: number): Found {
    ask(goal)
    const conflict = new Map<number, number>()
    if (at(lo, goal.cell) > at(hi, goal.cell)) return { conflict: conflict.set(goal.cell, 1) }
    mark(goal.cell)
    let heat = HOT
    for (let moves = 0; moves < movesMax && wrong.size() > 0; moves += 1) {
      const cell = wrong.pick(random())
      if (cell !== goal.cell) conflict.set(cell, (conflict.get(cell) ?? 0) + 1)
      consider(proposal(cell), goal, heat)
      heat = Math.max(COLD, heat * COOLING)
    }
    const found = wrong.size() === 0
    const witness = found ? [...changed].map((record) => [record, ...at(codes, record)]) : []
    restore()
    return found ? { witness: witness.filter(differs) } : { conflict }
  }

  function ask(goal: Goal): void {
    lo.set(facts.lo)
    hi.set(facts.hi)
    for (const cell of goal.lifted ?? []) lo[cell] = at(facts.known, cell)
    lo[goal.cell] = Math.max(at(lo, goal.cell), goal.lo)
    hi[goal.cell] = Math.min(at(hi, goal.cell), goal.hi)
    wrong.clear()
  }

  function differs([record = 0, ...there]: readonly number[]): boolean {
    return there.some((code, dim) => code !== at(rows, record)[dim])
  }

  function restore(): void {
    for (const record of changed) at(rows, record).forEach((leaf, dim) => place(record, dim, leaf))
    changed.clear()
  }

  function missing(cell: number, count: number): number {
    if (count < at(lo, cell)) return at(lo, cell) - count
    return count > at(hi, cell) ? count - at(hi, cell) : 0
  }

  function mark(cell: number): void {
    if (missing(cell, at(counts, cell)) > 0) wrong.add(cell)
    else wrong.remove(cell)
  }

  /** A change of one code that brings the cell nearer to what it should be. */
  function proposal(cell: number): Move | undefined {
    const table = at(tables, at(layout.tableOf, cell))
    if (table.dims.length === 0) return undefined
    return at(counts, cell) > at(hi, cell) ? wayOut(cell, table) : wayIn(cell, table)
  }

  function wayOut(cell: number, table: Table): Move | undefined {
    const record = oneOf(at(members, cell))
    if (record === undefined) return undefined
    const dim = oneOf(table.dims) ?? 0
    return { record, dim, leaf: Math.floor(random() * at(layout.dims, dim).leaves.length) }
  }

  /** Somebody who differs from the cell in one code only; where there is nobody, anybody comes one code nearer. */
  function wayIn(cell: number, table: Table): Move | undefined {
    const inside = codesOf(layout, cell)
    for (let tries = 0; tries < TRIES; tries += 1) {
      const place = Math.floor(random() * table.dims.length)
      const leaves = leavesAt(layout, table, [place, at(inside, place)])
      const parent = at(tables, at(table.parents, place))
      const among = tries < TRIES - 1 ? at(members, parentCell(parent, table, inside)) : world.movable
      const [record, leaf, dim] = [oneOf(among), oneOf(leaves), at(table.dims, place)]
      if (record === undefined || leaf === undefined) continue
      if (!leaves.includes(at(at(codes, record), dim))) return { record, dim, leaf }
    }
    return undefined
  }

  function parentCell(parent: Table, table: Table, inside: readonly number[]): number {
    let cell = parent.offset
    let stride = 1
    for (let place = parent.dims.length - 1; place >= 0; place -= 1) {
      cell += at(inside, table.dims.indexOf(at(parent.dims, place))) * stride
      stride *= at(parent.sizes, place)
    }
    return cell
  }

  function oneOf<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(random() * list.length)]
  }

  function consider(move: Move | undefined, goal: Goal, heat: number): void {
    if (move === undefined || goal.kept?.has(move.record) === true || isClosed(move)) return
    const worse = worseBy(move)
    if (worse > 0 && random() >= Math.exp(-worse / heat)) return
    changed.add(move.record)
    place(move.record, move.dim, move.leaf)
  }

  function isClosed({ dim, leaf }: Move): boolean {
    return world.closed?.dim === dim && world.closed.leaves.has(leaf)
  }

  function worseBy({ record, dim, leaf }: Move): number {
    const before = at(at(codes, record), dim)
    let worse = 0
    for (const index of at(touchedBy, dim)) {
      const from = at(cellOf, record * width + index)
      const to = from + step(at(tables, index), dim, [before, leaf])
      if (from === to) continue
      worse += missing(from, at(counts, from) - 1) - missing(from, at(counts, from))
      worse += missing(to, at(counts, to) + 1) - missing(to, at(counts, to))
    }
    return worse
  }

  function step({ dims, steps }: Table, dim: number, [before, after]: readonly [number, number]): number {
    const ofLeaf = at(steps, dims.indexOf(dim))
    return at(ofLeaf, after) - at(ofLeaf, before)
  }

  function place(record: number, dim: number, leaf: number): void {
    const before = at(at(codes, record), dim)
    if (before === leaf) return
    at(codes, record)[dim] = leaf
    for (const index of at(touchedBy, dim)) {
      const from = at(cellOf, record * width + index)
      const to = from + step(at(tables, index), dim, [before, leaf])
      leave(record, index, from)
      enter(record, index, to)
      mark(from)
      mark(to)
    }
  }
}

type Move = { readonly record: number; readonly dim: number; readonly leaf: number }

/** Cells, of which one can be picked at random. */
function bag(cells: number) {
  const list: number[] = []
  const slots = new Int32Array(cells).fill(-1)
  return {
    size: () => list.length,
    pick: (random: number) => at(list, Math.floor(random * list.length)),
    add: (cell: number) => {
      if (at(slots, cell) < 0) slots[cell] = list.push(cell) - 1
    },
    remove: (cell: number) => {
      const slot = at(slots, cell)
      const last = list.at(-1)
      if (slot < 0 || last === undefined) return
      list[slot] = last
      slots[last] = slot
      slots[cell] = -1
      list.pop()
    },
    clear: () => {
      for (const cell of list) slots[cell] = -1
      list.length = 0
    },
  }
}
