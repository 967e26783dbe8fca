import type { Beneficiary, Served } from '../assistance/service.ts'
import { beneficiariesIn, fundCategoryOf } from '../assistance/service.ts'
import type { Money } from '../assistance/schema.ts'
import type { Count, IndicatorFigures } from './schema.ts'

/** What is known of a person by code. */
export type Coded = { readonly sex: string; readonly age_band: string; readonly country: string }

export type Ground = {
  readonly from: string
  readonly to: string
  /** Services that count, of all times; where a programme is asked for, of that one. */
  readonly served: readonly Served[]
  readonly codedOf: (person: Beneficiary) => Coded
}

type OfServices = Pick<IndicatorFigures, 'I01' | 'I02' | 'I03' | 'I11'> & {
  readonly relocations: IndicatorFigures['I10']['relocations']
}

/** The indicators that follow from services. A person counts once in each figure, whatever they were given. */
export function serviceFigures({ from, to, served, codedOf }: Ground): OfServices {
  const people = beneficiariesIn(served, { from, to }).map((person) => ({ ...person, ...codedOf(person) }))
  const victims = people.filter(({ is_family_member }) => !is_family_member)
  const within = served.filter(({ on }) => from <= on && on <= to)
  return {
    I01: {
      persons: people.length,
      new: people.filter(({ is_new }) => is_new).length,
      carried_over: people.filter(({ is_new }) => !is_new).length,
      victims: victims.length,
      family: people.length - victims.length,
      by_sex: counted(people.map(({ sex }) => sex)),
      by_age_band: counted(people.map(({ age_band }) => age_band)),
      by_country: counted(people.map(({ country }) => country)),
    },
    I02: {
      by_kind: counted(people.flatMap(({ kinds }) => kinds)),
      by_fund_category: counted(people.flatMap(({ kinds }) => [...new Set(kinds.map(fundCategoryOf))])),
    },
    I03: deliveries(within),
    I11: {
      victims: victims.length,
      by_sex: counted(victims.map(({ sex }) => sex)),
      by_age_band: counted(victims.map(({ age_band }) => age_band)),
    },
    relocations: relocations(within),
  }
}

/** How often each code stands there, by code. */
export function counted(codes: readonly string[]): Count[] {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => ({ code, count }))
}

function deliveries(within: readonly Served[]): IndicatorFigures['I03'] {
  const units = (kind?: string) =>
    within.reduce((sum, { facts }) => sum + (kind === undefined || facts.kind === kind ? facts.units : 0), 0)
  const by_kind = counted(within.map(({ facts }) => facts.kind))
  return {
    entries: within.length,
    units: units(),
    by_kind: by_kind.map((one) => ({ ...one, units: units(one.code) })),
  }
}

const RELOCATIONS = ['relocation_internal', 'relocation_abroad']

function relocations(within: readonly Served[]): IndicatorFigures['I10']['relocations'] {
  const moved = within.filter(({ facts }) => RELOCATIONS.includes(facts.kind))
  const persons = new Set(moved.map(({ case_id, facts }) => `${case_id}/${facts.beneficiary ?? ''}`)).size
  const amounts = new Map<Money['currency'], number>()
  for (const { facts } of moved)
    if (facts.cost !== undefined)
      amounts.set(facts.cost.currency, (amounts.get(facts.cost.currency) ?? 0) + facts.cost.amount_minor)
  return {
    number: moved.length,
    persons,
    amounts: [...amounts].map(([currency, amount_minor]) => ({ currency, amount_minor })),
  }
}

/** The middle of these numbers; null when there are none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
