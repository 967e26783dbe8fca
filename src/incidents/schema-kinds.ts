import { z } from 'zod'
import { termCode } from '../vocabularies/service.ts'
import { When } from './schema-when.ts'

const answer = z.enum(['yes', 'no', 'unknown']).optional()
const count = z.int().min(0).max(1_000_000).optional()
const days = z.int().min(0).max(36_500).optional()
const hours = z.int().min(0).max(87_600).optional()
const investigation = z.enum(['opened', 'refused', 'closed', 'not_requested', 'unknown']).optional()

const Torture = z.strictObject({
  purposes: z
    .array(
      z.enum([
        'confession',
        'information',
        'punishment',
        'intimidation',
        'discrimination',
        'extortion',
        'none_apparent',
        'other',
        'unknown',
      ]),
    )
    .min(1)
    .max(9),
  duration: z.enum(['under_1_hour', 'hours', 'day', 'days', 'over_7_days', 'repeated', 'unknown']).optional(),
  injuries: z.enum(['none_seen', 'observed', 'medical_record', 'forensic_examination', 'unknown']).optional(),
  medical_care: z.enum(['given', 'refused', 'not_sought', 'unknown']).optional(),
  in_custody: answer,
  complaint_made: answer,
  investigation,
})

/** Whether a safeguard of somebody detained was kept. */
const safeguard = z.enum(['met', 'late', 'not_met', 'not_applicable', 'unknown']).optional()

const Detention = z.strictObject({
  outcome: z.enum(['released', 'charged', 'remanded', 'convicted', 'transferred', 'deported', 'still_held', 'unknown']),
  legal_basis: z.enum(['warrant', 'caught_in_act', 'administrative', 'none_given', 'other', 'unknown']).optional(),
  hours_to_recorded_arrest: hours,
  hours_to_judge: hours,
  days_held: days,
  is_incommunicado: answer,
  safeguards: z
    .strictObject({
      lawyer: safeguard,
      doctor: safeguard,
      family_told: safeguard,
      judge: safeguard,
      interpreter: safeguard,
      registration: safeguard,
      rights_explained: safeguard,
    })
    .optional(),
})

const Disappearance = z.strictObject({
  authority_response: z.enum(['acknowledges', 'denies', 'contradictory', 'no_reply', 'not_asked', 'unknown']),
  last_seen: When.optional(),
  last_seen_setting: termCode('event_places').optional(),
  is_taken_by_officials: answer,
  is_reported: answer,
  search: investigation,
  fate: z.enum(['unknown', 'released', 'found_alive', 'found_in_custody', 'found_dead']).optional(),
})

const Assembly = z.strictObject({
  dispersal: z.enum(['none', 'prevented', 'warning', 'without_force', 'force', 'firearms', 'unknown']),
  participants: z.enum(['under_10', '10_49', '50_199', '200_999', '1000_4999', '5000_plus', 'unknown']).optional(),
  form: z.enum(['single_picket', 'picket', 'rally', 'march', 'strike', 'commemoration', 'online', 'other']).optional(),
  notification: z.enum(['permitted', 'given', 'refused', 'not_given', 'not_required', 'unknown']).optional(),
  means_of_force: z
    .array(
      z.enum([
        'batons',
        'tear_gas',
        'water_cannon',
        'stun_grenades',
        'rubber_bullets',
        'firearms',
        'electric',
        'dogs',
        'vehicles',
        'other',
      ]),
    )
    .max(10)
    .optional(),
  detained: count,
  injured: count,
  killed: count,
  is_communication_cut: answer,
})

const Expression = z.strictObject({
  measures: z
    .array(
      z.enum([
        'prosecution',
        'administrative_fine',
        'civil_suit',
        'blocking',
        'removal',
        'censorship',
        'confiscation',
        'search',
        'accreditation',
        'licence',
        'closure',
        'attack',
        'threat',
        'surveillance',
        'dismissal',
        'other',
      ]),
    )
    .min(1)
    .max(16),
  medium: z
    .enum([
      'print',
      'radio',
      'television',
      'news_site',
      'blog',
      'social_media',
      'messenger',
      'art',
      'speech',
      'academic',
      'other',
      'unknown',
    ])
    .optional(),
  ground: z
    .enum([
      'defamation',
      'insult_of_official',
      'false_information',
      'extremism',
      'incitement',
      'state_secret',
      'morals',
      'election_rules',
      'none',
      'other',
      'unknown',
    ])
    .optional(),
  sanction: z
    .enum(['none', 'warning', 'fine', 'arrest', 'restricted_liberty', 'imprisonment', 'ban', 'pending', 'unknown'])
    .optional(),
  is_before_election: answer,
})

const Death = z.strictObject({
  circumstances: z.enum([
    'ill_treatment',
    'use_of_force',
    'shooting',
    'care_denied',
    'suicide_claimed',
    'execution',
    'after_disappearance',
    'negligence',
    'private_act',
    'other',
    'unknown',
  ]),
  custody: z
    .enum(['in_custody', 'during_arrest', 'after_release', 'military_service', 'hospital', 'not_in_custody', 'unknown'])
    .optional(),
  days_in_custody: days,
  autopsy: z.enum(['independent', 'state', 'refused', 'none', 'unknown']).optional(),
  family_told: z.enum(['promptly', 'late', 'no', 'unknown']).optional(),
  body_returned: z.enum(['yes', 'late', 'no', 'unknown']).optional(),
  investigation,
})

const GenderBasedViolence = z.strictObject({
  relationship: z.enum([
    'partner',
    'former_partner',
    'parent',
    'in_law',
    'other_relative',
    'acquaintance',
    'employer',
    'official',
    'stranger',
    'other',
    'unknown',
  ]),
  forms: z
    .array(
      z.enum([
        'physical',
        'sexual',
        'psychological',
        'economic',
        'abduction',
        'forced_marriage',
        'killing',
        'online',
        'harmful_practice',
        'other',
      ]),
    )
    .max(10)
    .optional(),
  motive: z.enum(['gender', 'orientation_or_identity', 'both', 'unknown']).optional(),
  protection_order: z.enum(['issued', 'breached', 'refused', 'not_sought', 'not_available', 'unknown']).optional(),
  police_response: z.enum(['acted', 'refused', 'discouraged', 'none', 'not_reported', 'unknown']).optional(),
  is_repeated: answer,
  are_children_present: answer,
})

const Other = z.strictObject({
  measure: z.enum(['law', 'decision', 'practice', 'threat', 'omission', 'other', 'unknown']),
  is_continuing: answer,
  complaint_made: answer,
})

/** The coded facts that only one kind of incident has. */
export const detailsByKind = {
  torture_or_ill_treatment: Torture,
  arbitrary_detention: Detention,
  enforced_disappearance: Disappearance,
  assembly: Assembly,
  expression_and_media: Expression,
  unlawful_death: Death,
  gender_based_violence: GenderBasedViolence,
  other: Other,
} as const satisfies Record<IncidentKind, z.ZodType>

export const IncidentKind = z.enum([
  'torture_or_ill_treatment',
  'arbitrary_detention',
  'enforced_disappearance',
  'assembly',
  'expression_and_media',
  'unlawful_death',
  'gender_based_violence',
  'other',
])
export type IncidentKind = z.output<typeof IncidentKind>
