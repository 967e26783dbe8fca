import { z } from 'zod'
import { termCode } from '../vocabularies/service.ts'
import { detailsByKind, IncidentKind } from './schema-kinds.ts'
import { When } from './schema-when.ts'

/** The name of a party inside one report: `v1`, `s1`. The people themselves are named in `identity`, by the same ref. */
export const PartyRef = z.string().regex(/^[a-z][a-z0-9_]{0,19}$/)

/** What of a party can be coded. */
export const Party = z.strictObject({
  ref: PartyRef,
  roles: z.array(termCode('party_roles')).min(1).max(4),
  sort: z.enum(['person', 'group', 'institution']),
  count: z.int().min(2).max(1_000_000).optional().meta({ description: 'How many people a group is' }),
  sex: termCode('sex').optional(),
  gender_identity: termCode('gender_identities').optional(),
  age_band: termCode('age_bands').optional(),
  nationality: termCode('countries').optional(),
  special_protection: z.array(termCode('special_protection')).max(18).optional(),
  occupations: z.array(termCode('occupations')).max(10).optional(),
  institution: termCode('perpetrator_institutions').optional(),
  involvement: termCode('involvement_ranks').optional(),
  counting_consent: z
    .enum(['given', 'refused', 'withdrawn', 'not_asked'])
    .optional()
    .meta({ description: 'Whether they agreed to be counted in anonymous statistics; without it they are not' }),
})
export type Party = z.output<typeof Party>

/** One violation against one victim. */
const ReportedAct = z.strictObject({
  violation: termCode('violation_types'),
  victim_ref: PartyRef,
  perpetrator_refs: z.array(PartyRef).max(20).optional(),
  methods: z.array(termCode('ill_treatment_methods')).max(20).optional(),
})
export type ReportedAct = z.output<typeof ReportedAct>

/** Where word of it came from; the source is graded apart from what it says. */
const Source = z.strictObject({
  ref: PartyRef.optional(),
  connection: termCode('source_connections'),
  reliability: termCode('source_reliability'),
  validity: termCode('information_validity'),
})
export type Source = z.output<typeof Source>

const Place = z.strictObject({
  country: termCode('countries'),
  region: termCode('regions').optional(),
  setting: termCode('event_places').optional(),
  detention_place: termCode('detention_places').optional(),
})
export type Place = z.output<typeof Place>

export const verificationStandards = [
  'reasonable_grounds',
  'two_independent_sources',
  'istanbul_protocol',
  'minnesota_protocol',
  'court_finding',
  'treaty_body_finding',
  'other',
] as const

const Verification = z.strictObject({
  grade: termCode('verification_grades'),
  standard: z.enum(verificationStandards).optional(),
})

const common = {
  occurred: When,
  place: Place,
  parties: z.array(Party).min(1).max(50),
  acts: z.array(ReportedAct).max(200),
  sources: z.array(Source).max(30),
}

/** The eight kinds, with how far they are verified. */
export const factsWith = <V extends z.ZodType>(verification: V) => {
  const kind = <K extends string, D extends z.ZodType>(name: K, details: D) =>
    z.strictObject({ kind: z.literal(name), ...common, verification, details })
  const of = detailsByKind
  return z.discriminatedUnion('kind', [
    kind('torture_or_ill_treatment', of.torture_or_ill_treatment),
    kind('arbitrary_detention', of.arbitrary_detention),
    kind('enforced_disappearance', of.enforced_disappearance),
    kind('assembly', of.assembly),
    kind('expression_and_media', of.expression_and_media),
    kind('unlawful_death', of.unlawful_death),
    kind('gender_based_violence', of.gender_based_violence),
    kind('other', of.other),
  ])
}

/** The coded facts of an incident as they are kept. */
export const IncidentFacts = factsWith(Verification)
export type IncidentFacts = z.output<typeof IncidentFacts>

/** The same without the tie between kind and details: an eighth of the length, for the reference. */
export const FactsOutline = z.strictObject({
  kind: IncidentKind,
  ...common,
  verification: Verification,
  details: z.union(Object.values(detailsByKind)),
})
