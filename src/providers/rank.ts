import type { Criterion, Fit, Need, ProviderFacts } from './schema.ts'

export type Reason = { readonly criterion: Criterion; readonly fit: Fit }

/** A vetting is trusted for two years. */
const VETTED_DAYS = 731
const DAY_MS = 86_400_000

const points = { fits: 2, unknown: 1, does_not_fit: 0 } as const
const weights: Readonly<Record<Criterion, number>> = {
  minors: 8,
  place: 4,
  language: 4,
  staff: 4,
  vetting: 3,
  capacity: 3,
  fees: 2,
}

const judge = (isKnown: boolean, holds: boolean): Fit => (isKnown ? (holds ? 'fits' : 'does_not_fit') : 'unknown')

/** Each thing that was asked for, and capacity and vetting always. What is not known of a provider counts half. */
export function reasonsFor(need: Need, facts: ProviderFacts, today: string): Reason[] {
  const { languages, staff, fees, accepts_minors, capacity } = facts
  const asked: (Reason | false)[] = [
    need.language !== undefined && {
      criterion: 'language',
      fit: judge(languages.length > 0, languages.includes(need.language)),
    },
    placeReason(need, facts),
    need.prefers_staff !== undefined && { criterion: 'staff', fit: staffFit(need.prefers_staff, staff) },
    need.is_minor === true && {
      criterion: 'minors',
      fit: judge(accepts_minors !== undefined, accepts_minors === true),
    },
    need.needs_no_fee === true && { criterion: 'fees', fit: judge(fees !== 'unknown', fees === 'none') },
    { criterion: 'capacity', fit: judge(capacity !== 'unknown', capacity === 'free') },
    { criterion: 'vetting', fit: vettingFit(facts, today) },
  ]
  return asked.filter((reason) => reason !== false)
}

/** What speaks for a provider, in whole points. */
export const scoreOf = (reasons: readonly Reason[]): number =>
  reasons.reduce((sum, { criterion, fit }) => sum + weights[criterion] * points[fit], 0)

function placeReason({ country, region }: Need, { countries, regions }: ProviderFacts): Reason | false {
  if (region === undefined && country === undefined) return false
  const inCountry = country === undefined || countries.length === 0 || countries.includes(country)
  const inRegion = region === undefined || regions.length === 0 || regions.includes(region)
  return { criterion: 'place', fit: judge(countries.length + regions.length > 0, inCountry && inRegion) }
}

function staffFit(wanted: 'women' | 'men', staff: ProviderFacts['staff']): Fit {
  if (staff === wanted || (wanted === 'women' && staff === 'women_on_request')) return 'fits'
  return staff === 'unknown' || staff === 'mixed' ? 'unknown' : 'does_not_fit'
}

function vettingFit({ vetted_on }: ProviderFacts, today: string): Fit {
  if (vetted_on === undefined) return 'unknown'
  const days = (Date.parse(today) - Date.parse(vetted_on)) / DAY_MS
  return days <= VETTED_DAYS ? 'fits' : 'does_not_fit'
}
