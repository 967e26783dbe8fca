import type { IncidentFacts, Party } from '../incidents/schema.ts'
import { type DimensionName, familyOf, SEVERAL, UNKNOWN } from './dimensions.ts'

/** So many units with the same codes, one of each dimension of their population. */
export type Coded = { readonly units: number; readonly codes: Readonly<Partial<Record<DimensionName, string>>> }

/** What is counted, and how it stands in tables. */
export type Population = {
  readonly unit: string
  readonly dimensions: readonly DimensionName[]
  /** How many units one person can be: so many times the threshold are as many persons as the threshold says. */
  readonly unitsPerPerson: number
  /** What an incident holds of it; `mayCount` says of whom: those who agreed to it. Absent: it is no part of incidents. */
  read?(facts: IncidentFacts, mayCount: (party: Party) => boolean): Coded[]
}

export const populationNames = ['victims', 'acts', 'incidents', 'beneficiaries', 'referrals', 'complaints'] as const
export type PopulationName = (typeof populationNames)[number]

const ACTS_PER_PERSON = 3
/** Of each case so many at most: then so many times the threshold are as many persons as the threshold says. */
export const REFERRALS_PER_PERSON = 3
const ofPersons = ['violation', 'violation_family', 'institution', 'country', 'region', 'sex', 'age_band'] as const

export const populations: Readonly<Record<PopulationName, Population>> = {
  victims: {
    unit: 'Victims. Each person stands in one cell; a group counts by its number. Who stands in two reports counts in both.',
    dimensions: ofPersons,
    unitsPerPerson: 1,
    read: (facts, mayCount) => victimsIn(facts, mayCount).map((victim) => victimCoded(facts, victim)),
  },
  acts: {
    unit: `Acts: one violation of one victim, at most ${String(ACTS_PER_PERSON)} of each person and report.`,
    dimensions: ofPersons,
    unitsPerPerson: ACTS_PER_PERSON,
    read: (facts, mayCount) =>
      victimsIn(facts, mayCount).flatMap((victim) => {
        const own = violationsOf(facts, victim).slice(0, ACTS_PER_PERSON)
        return own.map((violation) => ({
          units: victim.count ?? 1,
          codes: { ...commonCodes(facts), ...personCodes(facts, victim), ...violationCodes([violation]) },
        }))
      }),
  },
  incidents: {
    unit: 'Incidents of which at least one victim agreed to be counted.',
    dimensions: ['kind', 'grade', 'country', 'region'],
    unitsPerPerson: 1,
    read: (facts, mayCount) =>
      victimsIn(facts, mayCount).length === 0
        ? []
        : [{ units: 1, codes: { ...commonCodes(facts), ...kindCodes(facts) } }],
  },
  beneficiaries: {
    unit: 'Persons who were helped. Each stands in one cell; who was given several kinds of help stands under several.',
    dimensions: ['assistance', 'newness', 'beneficiary', 'sex', 'age_band', 'country'],
    unitsPerPerson: 1,
  },
  referrals: {
    unit: `Referrals by the day on which they were drafted, at most ${String(REFERRALS_PER_PERSON)} of each case and period.`,
    dimensions: ['help', 'assistance', 'referral_outcome'],
    unitsPerPerson: REFERRALS_PER_PERSON,
  },
  complaints: {
    unit: 'Complaints by the day on which they were begun, one of each case and period: the first.',
    dimensions: ['committee', 'complaint_stage', 'complaint_outcome'],
    unitsPerPerson: 1,
  },
}

const victimsIn = ({ parties }: IncidentFacts, mayCount: (party: Party) => boolean): Party[] =>
  parties.filter((party) => party.roles.includes('victim') && party.sort !== 'institution' && mayCount(party))

const victimCoded = (facts: IncidentFacts, victim: Party): Coded => ({
  units: victim.count ?? 1,
  codes: { ...commonCodes(facts), ...personCodes(facts, victim), ...violationCodes(violationsOf(facts, victim)) },
})

const commonCodes = ({ place }: IncidentFacts) => ({ country: place.country, region: place.region ?? UNKNOWN })

const kindCodes = ({ kind, verification }: IncidentFacts) => ({ kind, grade: verification.grade })

const personCodes = (facts: IncidentFacts, victim: Party) => ({
  sex: victim.sex ?? UNKNOWN,
  age_band: victim.age_band ?? UNKNOWN,
  institution: oneOf(institutionsBehind(facts, victim)),
})

const violationsOf = ({ acts }: IncidentFacts, { ref }: Party): string[] => [
  ...new Set(acts.filter(({ victim_ref }) => victim_ref === ref).map(({ violation }) => violation)),
]

const violationCodes = (violations: readonly string[]) => ({
  violation: oneOf(violations),
  violation_family: oneOf(violations.map((code) => familyOf('violation_types', code))),
})

function institutionsBehind({ acts, parties }: IncidentFacts, { ref }: Party): string[] {
  const refs = acts
    .filter(({ victim_ref }) => victim_ref === ref)
    .flatMap(({ perpetrator_refs }) => perpetrator_refs ?? [])
  return parties
    .filter((party) => refs.includes(party.ref))
    .flatMap(({ institution }) =>
      institution === undefined ? [] : [familyOf('perpetrator_institutions', institution)],
    )
}

function oneOf(codes: readonly string[]): string {
  const [first = UNKNOWN, ...others] = new Set(codes)
  return others.length === 0 ? first : SEVERAL
}
