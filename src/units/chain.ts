import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { revealUnits } from './repo.ts'

export type OpenUnit = Awaited<ReturnType<typeof revealUnits>>[number]

const parentOf = ({ facts }: OpenUnit): Id<'units'> | null =>
  facts === null ? null : consult(facts, ({ parent_id }) => parent_id)

/** The units above one, the nearest first. A loop, which nobody could have written here, is not followed twice. */
export function above(units: readonly OpenUnit[], id: Id<'units'> | null): OpenUnit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const chain: OpenUnit[] = []
  for (let next = id === null ? undefined : byId.get(id); next !== undefined; ) {
    chain.push(next)
    const parent = parentOf(next)
    next = parent === null || chain.some((unit) => unit.id === parent) ? undefined : byId.get(parent)
  }
  return chain
}

/** The units under one, at any depth, without itself. */
export function below(units: readonly OpenUnit[], id: Id<'units'>): OpenUnit[] {
  const children = new Map<Id<'units'> | null, OpenUnit[]>()
  for (const unit of units) children.set(parentOf(unit), [...(children.get(parentOf(unit)) ?? []), unit])
  const found = new Map<Id<'units'>, OpenUnit>()
  const open = [id]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const unit of children.get(at) ?? []) {
      if (unit.id === id || found.has(unit.id)) continue
      found.set(unit.id, unit)
      open.push(unit.id)
    }
  return [...found.values()]
}
