/** A foreign key to the `id` of a table, as the database has it. */
export type Edge = {
  readonly child: string
  readonly column: string
  readonly parent: string
  readonly is_required: boolean
}

/** Tables with the keys by which their rows hang on those of a root. The root is there too, and hangs on nothing. */
export type Hanging = ReadonlyMap<string, readonly Edge[]>

/** What cannot be without its parent, and whatever says of itself that it is of a case. */
const owns = ({ column, is_required }: Edge): boolean => is_required || column === 'case_id'

/**
 * All that hangs on the rows of `root`. It is read from the foreign keys, so that no module can forget to be erased: a
 * table that is new hangs on its case from its first day.
 */
export function hangingOn(edges: readonly Edge[], root: string): Hanging {
  const hanging = new Map<string, Edge[]>([[root, []]])
  const owning = edges.filter((edge) => owns(edge) && edge.child !== root && edge.child !== edge.parent)
  for (let before = 0; before < hanging.size; ) {
    before = hanging.size
    for (const { child, parent } of owning) if (hanging.has(parent) && !hanging.has(child)) hanging.set(child, [])
  }
  for (const [table, by] of hanging)
    by.push(...owning.filter(({ child, parent }) => child === table && hanging.has(parent)))
  return hanging
}

/** Keys of rows that stay, or go anyway, into rows that go: they are emptied. */
export const looseEnds = (edges: readonly Edge[], hanging: Hanging): Edge[] =>
  edges.filter((edge) => hanging.has(edge.parent) && !owns(edge))
