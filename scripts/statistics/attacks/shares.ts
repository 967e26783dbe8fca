import { boundsOf } from './bounds.ts'
import type { Dim, Published } from './published.ts'

/** Of all shown groups, the largest share that must, by all figures, be in one category of the dimension. */
export async function provedShare(published: Published, { name, leaves }: Dim): Promise<number> {
  const groups = published.cells.flatMap(({ at, hi }) =>
    hi !== undefined && hi > 0 && at[name] === undefined
      ? leaves.map((leaf) => ({ at: { ...at, [name]: leaf }, hi }))
      : [],
  )
  const bounds = await boundsOf(published, { knows: [], targets: groups.map(({ at }) => at), whole: false })
  return Math.max(0, ...groups.map(({ hi }, index) => (bounds[index]?.least ?? 0) / hi))
}
