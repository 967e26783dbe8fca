import type { Random } from './random.ts'

const answers = ['yes', 'no', 'unknown'] as const
const investigations = ['not_requested', 'refused', 'opened', 'closed', 'unknown'] as const
const safeguards = ['not_met', 'late', 'met', 'unknown'] as const

/** For each kind: the branches of violations it draws on, how often it comes, and facts that only it has. */
export const kinds = {
  torture_or_ill_treatment: {
    share: 5,
    branches: ['torture'],
    details: (random: Random) => ({
      purposes: random.some(['confession', 'punishment', 'information', 'intimidation', 'extortion'], 2),
      duration: random.pick(['under_1_hour', 'hours', 'day', 'days', 'repeated', 'unknown']),
      injuries: random.pick(['observed', 'none_seen', 'medical_record', 'forensic_examination']),
      in_custody: random.skewed(answers),
      complaint_made: random.pick(answers),
      investigation: random.skewed(investigations),
    }),
  },
  arbitrary_detention: {
    share: 4,
    branches: ['liberty', 'fair_trial'],
    details: (random: Random) => ({
      outcome: random.skewed(['released', 'charged', 'remanded', 'convicted', 'still_held', 'unknown']),
      legal_basis: random.pick(['none_given', 'administrative', 'warrant', 'caught_in_act', 'unknown']),
      hours_to_recorded_arrest: random.below(72),
      days_held: random.below(40),
      safeguards: {
        lawyer: random.skewed(safeguards),
        family_told: random.skewed(safeguards),
        registration: random.pick(safeguards),
      },
    }),
  },
  enforced_disappearance: {
    share: 1,
    branches: ['disappearance'],
    details: (random: Random) => ({
      authority_response: random.pick(['no_reply', 'denies', 'contradictory', 'not_asked']),
      is_taken_by_officials: random.pick(answers),
      search: random.skewed(investigations),
    }),
  },
  assembly: {
    share: 3,
    branches: ['assembly'],
    details: (random: Random) => ({
      dispersal: random.pick(['force', 'without_force', 'prevented', 'warning', 'none']),
      participants: random.pick(['under_10', '10_49', '50_199', '200_999']),
      form: random.pick(['rally', 'picket', 'single_picket', 'march']),
      notification: random.pick(['given', 'not_given', 'refused', 'unknown']),
      detained: random.below(30),
      injured: random.below(6),
    }),
  },
  expression_and_media: {
    share: 3,
    branches: ['expression', 'media'],
    details: (random: Random) => ({
      measures: random.some(['prosecution', 'blocking', 'administrative_fine', 'threat', 'confiscation', 'attack'], 3),
      medium: random.pick(['social_media', 'news_site', 'messenger', 'print', 'television', 'blog']),
      ground: random.skewed(['extremism', 'false_information', 'insult_of_official', 'incitement', 'none']),
      is_before_election: random.pick(answers),
    }),
  },
  unlawful_death: {
    share: 1,
    branches: ['life'],
    details: (random: Random) => ({
      circumstances: random.pick(['ill_treatment', 'care_denied', 'suicide_claimed', 'use_of_force', 'unknown']),
      custody: random.skewed(['in_custody', 'during_arrest', 'military_service', 'not_in_custody']),
      autopsy: random.pick(['state', 'refused', 'none', 'independent', 'unknown']),
      investigation: random.skewed(investigations),
    }),
  },
  gender_based_violence: {
    share: 3,
    branches: ['gbv'],
    details: (random: Random) => ({
      relationship: random.skewed(['partner', 'former_partner', 'in_law', 'employer', 'official', 'stranger']),
      forms: random.some(['physical', 'psychological', 'economic', 'sexual', 'abduction'], 3),
      police_response: random.pick(['discouraged', 'refused', 'acted', 'not_reported']),
      is_repeated: random.skewed(answers),
    }),
  },
  other: {
    share: 2,
    branches: ['religion', 'association', 'movement', 'property', 'reprisals'],
    details: (random: Random) => ({
      measure: random.pick(['decision', 'practice', 'threat', 'omission', 'law']),
      is_continuing: random.pick(answers),
    }),
  },
} as const

export type Kind = keyof typeof kinds

export const kindNames = [
  'torture_or_ill_treatment',
  'arbitrary_detention',
  'enforced_disappearance',
  'assembly',
  'expression_and_media',
  'unlawful_death',
  'gender_based_violence',
  'other',
] as const satisfies Kind[]
