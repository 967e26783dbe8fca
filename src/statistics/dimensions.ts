import { fundCategoryNames } from '../assistance/service.ts'
import { ComplaintStage } from '../complaints/schema.ts'
import { referralOutcomes } from '../referrals/service.ts'
import { findTerm, vocabulary } from '../vocabularies/service.ts'
import type { VocabularyName } from '../vocabularies/schema.ts'

/** Stands where a code is not known. */
export const UNKNOWN = 'unknown'
/** Stands where a person has several codes of one list, so that each person stands in one cell and totals are sums. */
export const SEVERAL = 'several'

/** One way to break a count down. Two that `share` a thing are levels of the same codes, and never stand together. */
export type Dimension = {
  readonly title: string
  readonly leaves: readonly string[]
  readonly shares: string
  /** What others can see of somebody: how many people could be in a cell is then asked. */
  readonly isRecognisable: boolean
  /** Whether it must not be provable that nearly all of a group have one code. */
  readonly isSensitive: boolean
  /** The level above, which is used instead where this one cannot be protected. */
  readonly rollUp?: DimensionName
}

export const dimensionNames = [
  'violation',
  'violation_family',
  'institution',
  'country',
  'region',
  'sex',
  'age_band',
  'kind',
  'grade',
  'assistance',
  'newness',
  'beneficiary',
  'help',
  'referral_outcome',
  'committee',
  'complaint_stage',
  'complaint_outcome',
] as const
export type DimensionName = (typeof dimensionNames)[number]

const codesOf = (name: VocabularyName): string[] => vocabulary(name).terms.map(({ code }) => code)
const topOf = (name: VocabularyName): string[] =>
  vocabulary(name)
    .terms.filter(({ parent }) => parent === undefined)
    .map(({ code }) => code)
const withUnknown = (codes: readonly string[]): string[] => [...new Set([...codes, UNKNOWN])]
const withSeveral = (codes: readonly string[]): string[] => [...new Set([...codes, SEVERAL, UNKNOWN])]

/** Stands for a body that is no treaty body. */
export const OTHER = 'other'
/** Stands where a complaint has not ended. */
export const PENDING = 'pending'
export const COMMITTEES: readonly string[] = codesOf('treaty_bodies')

const plain = { isRecognisable: false, isSensitive: false }

export const dimensions: Readonly<Record<DimensionName, Dimension>> = {
  violation: {
    ...plain,
    title: 'Violation',
    leaves: withSeveral(codesOf('violation_types')),
    shares: 'violation',
    isSensitive: true,
    rollUp: 'violation_family',
  },
  violation_family: {
    ...plain,
    title: 'Violation, by family',
    leaves: withSeveral(topOf('violation_types')),
    shares: 'violation',
    isSensitive: true,
  },
  institution: {
    ...plain,
    title: 'Institution, by family',
    leaves: withSeveral(topOf('perpetrator_institutions')),
    shares: 'institution',
    isRecognisable: true,
  },
  country: { ...plain, title: 'Country', leaves: withUnknown(codesOf('countries')), shares: 'place' },
  region: {
    ...plain,
    title: 'Region',
    leaves: withUnknown(codesOf('regions')),
    shares: 'place',
    isRecognisable: true,
    rollUp: 'country',
  },
  sex: { ...plain, title: 'Sex', leaves: withUnknown(codesOf('sex')), shares: 'sex' },
  age_band: { ...plain, title: 'Age band', leaves: withUnknown(codesOf('age_bands')), shares: 'age' },
  kind: { ...plain, title: 'Kind of incident', leaves: codesOf('incident_kinds'), shares: 'kind', isSensitive: true },
  assistance: {
    ...plain,
    title: 'Assistance, by category of the UN Voluntary Fund',
    leaves: withSeveral(fundCategoryNames),
    shares: 'assistance',
  },
  newness: { ...plain, title: 'New or carried over', leaves: ['new', 'carried_over'], shares: 'newness' },
  beneficiary: { ...plain, title: 'Victim or family', leaves: ['victim', 'family'], shares: 'beneficiary' },
  help: {
    ...plain,
    title: 'Help asked for',
    leaves: withUnknown(codesOf('assistance_types')),
    shares: 'assistance',
    rollUp: 'assistance',
  },
  referral_outcome: {
    ...plain,
    title: 'Outcome of the referral',
    leaves: referralOutcomes,
    shares: 'referral_outcome',
  },
  committee: { ...plain, title: 'Committee', leaves: [...COMMITTEES, OTHER], shares: 'committee' },
  complaint_stage: {
    ...plain,
    title: 'Stage of the complaint',
    leaves: ComplaintStage.options,
    shares: 'complaint_stage',
  },
  complaint_outcome: {
    ...plain,
    title: 'Outcome of the complaint',
    leaves: [...codesOf('complaint_outcomes'), 'withdrawn', PENDING],
    shares: 'complaint_outcome',
  },
  grade: { ...plain, title: 'Verification', leaves: codesOf('verification_grades'), shares: 'grade' },
}

/** Stands for all codes that a cube does not name apart. */
export const REST = 'rest'

/** Which codes of a dimension a cube names apart; of a dimension that is not in it, all. */
type Named = { readonly codes: Readonly<Partial<Record<DimensionName, readonly string[]>>> }

/** The codes of a dimension as a cube tells them apart: a person has exactly one. */
export function leavesOf({ codes }: Named, name: DimensionName): readonly string[] {
  const apart = codes[name]
  return apart === undefined ? dimensions[name].leaves : [...apart, REST]
}

/** The code under which a record with this code stands in the cube. */
export function codeIn(named: Named, name: DimensionName, code = UNKNOWN): string {
  return named.codes[name]?.includes(code) === false ? REST : code
}

/** The family of a code of a list with two levels; itself where it is one. */
export const familyOf = (name: VocabularyName, code: string): string => findTerm(name, code)?.parent ?? code
