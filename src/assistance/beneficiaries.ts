import type { Id } from '../platform/kernel/ids.ts'
import type { ServiceFacts } from './schema.ts'

/** A service that counts, opened, with the day by which it falls into a period. */
export type Served = { readonly case_id: Id<'cases'>; readonly on: string; readonly facts: ServiceFacts }

/** One person who was helped in a period: the case, and who of it by a neutral ref; without a ref the case stands for one. */
export type Beneficiary = {
  readonly key: string
  readonly case_id: Id<'cases'>
  readonly ref: string | null
  readonly is_family_member: boolean
  /** Never helped before the period. */
  readonly is_new: boolean
  readonly kinds: readonly string[]
}

type Days = { readonly from: string; readonly to: string }

/** Each person once, however often they were helped. `served` goes back as far as the books do. */
export function beneficiariesIn(served: readonly Served[], { from, to }: Days): Beneficiary[] {
  const byPerson = new Map<string, Served[]>()
  for (const one of served) {
    const key = keyOf(one)
    byPerson.set(key, [...(byPerson.get(key) ?? []), one])
  }
  return [...byPerson].flatMap(([key, all]) => {
    const within = all.filter(({ on }) => from <= on && on <= to)
    const [first] = within
    if (first === undefined) return []
    return [
      {
        key,
        case_id: first.case_id,
        ref: first.facts.beneficiary ?? null,
        is_family_member: within.every(({ facts }) => facts.is_family_member),
        is_new: all.every(({ on }) => on >= from),
        kinds: [...new Set(within.map(({ facts }) => facts.kind))].sort(),
      },
    ]
  })
}

const keyOf = ({ case_id, facts }: Served): string => `${case_id}/${facts.beneficiary ?? ''}`
