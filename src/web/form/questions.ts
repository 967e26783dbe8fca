import type { Kind } from './form.ts'

/** One question. `list` names a vocabulary of the server, `codes` a short list of this form. */
export type Question = {
  readonly name: string
  readonly type: 'choice' | 'several' | 'text' | 'long' | 'date' | 'number'
  readonly list?: string
  readonly codes?: readonly string[]
  readonly isNeeded?: boolean
  readonly most?: number
  /** Asked only where another answer is one of these. */
  readonly when?: { readonly name: string; readonly is: readonly string[] }
  /** The answer to another question that narrows the list. */
  readonly within?: string
}
export type Step = { readonly name: string; readonly questions: readonly Question[] }

const YES_NO = ['yes', 'no', 'unknown']
const choice = (name: string, codes: readonly string[], isNeeded = false): Question => ({
  name,
  type: 'choice',
  codes,
  isNeeded,
})
const several = (name: string, codes: readonly string[], isNeeded = false): Question => ({
  name,
  type: 'several',
  codes,
  isNeeded,
})
const number = (name: string): Question => ({ name, type: 'number' })
const long = (name: string, most: number): Question => ({ name, type: 'long', most })

/** What is asked of one kind of incident alone: its coded details, and its own free texts. */
const ofKind: Readonly<Record<Kind, readonly Question[]>> = {
  torture_or_ill_treatment: [
    several(
      'purposes',
      [
        'confession',
        'information',
        'punishment',
        'intimidation',
        'discrimination',
        'extortion',
        'none_apparent',
        'other',
        'unknown',
      ],
      true,
    ),
    { name: 'methods', type: 'several', list: 'ill_treatment_methods' },
    choice('duration', ['under_1_hour', 'hours', 'day', 'days', 'over_7_days', 'repeated', 'unknown']),
    choice('injuries_seen', ['none_seen', 'observed', 'medical_record', 'forensic_examination', 'unknown']),
    choice('medical_care', ['given', 'refused', 'not_sought', 'unknown']),
    choice('complaint_made', YES_NO),
    long('injuries', 4_000),
  ],
  arbitrary_detention: [
    choice(
      'outcome',
      ['released', 'charged', 'remanded', 'convicted', 'transferred', 'deported', 'still_held', 'unknown'],
      true,
    ),
    choice('legal_basis', ['warrant', 'caught_in_act', 'administrative', 'none_given', 'other', 'unknown']),
    number('hours_to_recorded_arrest'),
    number('days_held'),
    choice('is_incommunicado', YES_NO),
    long('charge', 1_000),
  ],
  enforced_disappearance: [
    choice('authority_response', ['acknowledges', 'denies', 'contradictory', 'no_reply', 'not_asked', 'unknown'], true),
    choice('is_taken_by_officials', YES_NO),
    choice('fate', ['unknown', 'released', 'found_alive', 'found_in_custody', 'found_dead']),
    long('last_seen', 2_000),
  ],
  assembly: [
    choice('dispersal', ['none', 'prevented', 'warning', 'without_force', 'force', 'firearms', 'unknown'], true),
    choice('participants', ['under_10', '10_49', '50_199', '200_999', '1000_4999', '5000_plus', 'unknown']),
    number('detained'),
    number('injured'),
    number('killed'),
    long('demands', 1_000),
  ],
  expression_and_media: [
    several(
      'measures',
      [
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
      ],
      true,
    ),
    choice('medium', [
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
    ]),
    long('publication', 1_000),
  ],
  unlawful_death: [
    choice(
      'circumstances',
      [
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
      ],
      true,
    ),
    choice('custody', [
      'in_custody',
      'during_arrest',
      'after_release',
      'military_service',
      'hospital',
      'not_in_custody',
      'unknown',
    ]),
    long('cause_of_death', 2_000),
  ],
  gender_based_violence: [
    choice(
      'relationship',
      [
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
      ],
      true,
    ),
    several('forms', [
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
    choice('police_response', ['acted', 'refused', 'discouraged', 'none', 'not_reported', 'unknown']),
    choice('is_repeated', YES_NO),
    long('history', 4_000),
  ],
  other: [choice('measure', ['law', 'decision', 'practice', 'threat', 'omission', 'other', 'unknown'], true)],
}

const dated = (name: string, precision: string): Question => ({
  name,
  type: name === 'day' ? 'date' : 'text',
  isNeeded: true,
  when: { name: 'precision', is: [precision] },
})

/** The whole form, in the order in which people tell it. */
export const stepsFor = (kind: Kind): readonly Step[] => [
  {
    name: 'what',
    questions: [
      { name: 'summary', type: 'text', isNeeded: true, most: 500 },
      { name: 'account', type: 'long', most: 20_000 },
    ],
  },
  {
    name: 'when',
    questions: [
      choice('precision', ['day', 'month', 'year', 'unknown'], true),
      dated('day', 'day'),
      dated('month', 'month'),
      dated('year', 'year'),
    ],
  },
  {
    name: 'where',
    questions: [
      { name: 'country', type: 'choice', list: 'countries', isNeeded: true },
      { name: 'region', type: 'choice', list: 'regions', within: 'country' },
      { name: 'setting', type: 'choice', list: 'event_places' },
      { name: 'place_text', type: 'text', most: 500 },
    ],
  },
  {
    name: 'victim',
    questions: [
      { name: 'victim_name', type: 'text', most: 200 },
      { name: 'sex', type: 'choice', list: 'sex' },
      { name: 'age_band', type: 'choice', list: 'age_bands' },
      { name: 'contact', type: 'text', most: 300 },
      choice('counting_consent', ['given', 'refused', 'not_asked']),
    ],
  },
  { name: 'violations', questions: [{ name: 'violations', type: 'several', list: 'violation_types' }] },
  {
    name: 'accused',
    questions: [
      { name: 'institution', type: 'choice', list: 'perpetrator_institutions' },
      { name: 'unit', type: 'text', most: 300 },
      { name: 'official_version', type: 'long', most: 4_000 },
    ],
  },
  { name: 'details', questions: ofKind[kind] },
  {
    name: 'source',
    questions: [
      { name: 'connection', type: 'choice', list: 'source_connections' },
      { name: 'reliability', type: 'choice', list: 'source_reliability', when: { name: 'connection', is: ['*'] } },
      { name: 'validity', type: 'choice', list: 'information_validity', when: { name: 'connection', is: ['*'] } },
    ],
  },
]
