import { at, type Entries } from './grid.ts'

/** Persons who stand elsewhere than before: the cells they leave and the cells they come to. */
export type Exchange = { readonly from: readonly Entries[]; readonly to: readonly Entries[] }

/** Where somebody is to arrive or to leave: the axes on which it has a code, and its entries. */
export type Place = {
  readonly axes: readonly number[]
  readonly entries: Entries
  /** The cells with somebody in them. */
  cells(): readonly Entries[]
  /** Whether how many there are of a code may change. */
  isFree(axis: number, entry: number): boolean
}

/** How many persons are asked in turn for a code. */
const ASKED = 8

/**
 * One person more at the place. Somebody comes there; where it may not be seen how many have a code, it is simply
 * changed, else exchanged with somebody who has it. Those come first who need the fewest exchanges.
 */
export function* arrivals(place: Place): Generator<Exchange> {
  const newcomers = place.cells().filter((person) => !isAt(place, person))
  const givers = place.entries.map((entry, axis) =>
    newcomers.filter((person) => person[axis] === entry).slice(0, ASKED),
  )
  const ranks = newcomers.map((newcomer) => boundAxes(place, newcomer).length)
  for (let exchanges = 0; exchanges <= place.axes.length; exchanges += 1)
    for (const [index, newcomer] of newcomers.entries())
      if (ranks[index] === exchanges) yield* gatherings(place, givers, [newcomer])
}

/** The axes on which somebody else must take the newcomer's code, because it may not change how many have it. */
function boundAxes({ axes, entries, isFree }: Place, newcomer: Entries): number[] {
  return axes.filter((axis) => {
    const own = at(newcomer, axis)
    const wanted = at(entries, axis)
    return own !== wanted && !(isFree(axis, own) && isFree(axis, wanted))
  })
}

/** For each bound axis somebody else who has the code, and who gets the newcomer's instead. */
function* gatherings(
  place: Place,
  givers: readonly (readonly Entries[])[],
  chosen: readonly Entries[],
): Generator<Exchange> {
  const [newcomer = []] = chosen
  const bound = boundAxes(place, newcomer)
  const axis = bound[chosen.length - 1]
  if (axis === undefined) {
    const changed = chosen.slice(1).map((giver, index) => replaced(giver, [at(bound, index)], newcomer))
    yield { from: chosen, to: [replaced(newcomer, place.axes, place.entries), ...changed] }
    return
  }
  for (const giver of givers[axis] ?? [])
    if (!chosen.includes(giver)) yield* gatherings(place, givers, [...chosen, giver])
}

/** One person fewer at the place: somebody takes another's codes, or exchanges one code with them. */
export function* departures(place: Place): Generator<Exchange> {
  const cells = place.cells()
  for (const person of cells.filter((one) => isAt(place, one)))
    for (const other of cells.filter((one) => !isAt(place, one))) {
      yield { from: [person], to: [other] }
      for (const axis of place.axes.filter((one) => other[one] !== person[one])) {
        const changed = replaced(person, [axis], other)
        if (boundAxes({ ...place, axes: [axis], entries: other }, person).length > 0)
          yield { from: [person, other], to: [changed, replaced(other, [axis], person)] }
        else yield { from: [person], to: [changed] }
      }
    }
}

const isAt = ({ axes, entries }: Place, person: Entries): boolean =>
  axes.every((axis) => person[axis] === entries[axis])

const replaced = (person: Entries, axes: readonly number[], by: Entries): Entries =>
  person.map((entry, axis) => (axes.includes(axis) ? at(by, axis) : entry))
