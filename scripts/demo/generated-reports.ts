import type { State } from './coalition.ts'
import { type Kind, kindNames, kinds } from './generated-details.ts'
import { nameFor, narrativeFor } from './generated-texts.ts'
import { type Random, randomFrom } from './random.ts'
import type { Vocabularies } from './vocabularies.ts'

const SEED = 20_260_301
/** Every name and text says that it is invented; the same seed gives the same reports. */
const NOTE = 'Invented for a demonstration'

/** How many reports come from each organisation: 500 in all. */
const shares: readonly { readonly state: State; readonly count: number }[] = [
  { state: 'KG', count: 180 },
  { state: 'KZ', count: 120 },
  { state: 'TJ', count: 100 },
  { state: 'UZ', count: 100 },
]
const neighbourOf = { KG: 'KZ', KZ: 'KG', TJ: 'UZ', UZ: 'TJ' } as const
const years = [2025, 2024, 2023] as const

export type Invented = { readonly state: State; readonly report: object }

/** Invented reports of all eight kinds, most from the organisation's own State, the others from a neighbour's. */
export function inventReports(vocabularies: Vocabularies): Invented[] {
  const random = randomFrom(SEED)
  const deck = kindNames.flatMap((kind) => Array.from({ length: kinds[kind].share }, () => kind))
  let number = 0
  return shares.flatMap(({ state, count }) =>
    Array.from({ length: count }, () => {
      number += 1
      return { state, report: invent({ random, vocabularies, state, number }, random.pick(deck)) }
    }),
  )
}

type Setting = {
  readonly random: Random
  readonly vocabularies: Vocabularies
  readonly state: State
  readonly number: number
}

function invent(setting: Setting, kind: Kind): object {
  const { random, vocabularies, state, number } = setting
  const { branches, details } = kinds[kind]
  const victims = victimsOf(setting, kind)
  const perpetrators = random.chance(0.6) ? [perpetratorOf(setting)] : []
  const violations = vocabularies.under('violation_types', branches)
  return {
    facts: {
      kind,
      occurred: occurredOf(random),
      place: placeOf(setting),
      parties: [...victims.map(({ party }) => party), ...perpetrators],
      acts: victims.flatMap(({ party: { ref } }) =>
        random.some(violations, 2).map((violation) => ({
          violation,
          victim_ref: ref,
          ...(perpetrators.length > 0 && { perpetrator_refs: ['p1'] }),
          ...(violation.startsWith('torture_p') && {
            methods: random.some(vocabularies.codes('ill_treatment_methods'), 3),
          }),
        })),
      ),
      sources: [sourceOf(random)],
      details: details(random),
    },
    narrative: narrativeFor(random, state, number),
    identity: { parties: victims.flatMap(({ identity }) => identity) },
    legal: {
      readings:
        kind === 'torture_or_ill_treatment' ? [{ article: 'CCPR-7', basis: 'own_reading', certainty: 'low' }] : [],
    },
  }
}

function victimsOf({ random, vocabularies, state }: Setting, kind: Kind) {
  if (kind === 'assembly' && random.chance(0.7)) {
    const group = {
      ref: 'v1',
      roles: ['victim'],
      sort: 'group',
      count: 2 + random.below(12),
      occupations: ['activist'],
      counting_consent: 'given',
    }
    return [{ party: group, identity: [] }]
  }
  return Array.from({ length: random.chance(0.15) ? 2 : 1 }, (_, at) => {
    const sex = random.chance(kind === 'gender_based_violence' ? 0.9 : 0.3) ? ('female' as const) : ('male' as const)
    const ref = `v${String(at + 1)}`
    return {
      party: {
        ref,
        roles: ['victim'],
        sort: 'person',
        sex,
        age_band: random.pick(vocabularies.codes('age_bands')),
        occupations: [random.skewed(vocabularies.codes('occupations'))],
        counting_consent: random.chance(0.9) ? 'given' : 'refused',
      },
      identity: [{ ref, names: [nameFor(random, state, sex)], note: NOTE }],
    }
  })
}

const perpetratorOf = ({ random, vocabularies }: Setting) => ({
  ref: 'p1',
  roles: ['alleged_perpetrator'],
  sort: 'institution',
  institution: random.skewed(vocabularies.codes('perpetrator_institutions')),
  involvement: random.pick(['carried_out', 'ordered', 'failed_to_prevent', 'unknown']),
})

function placeOf({ random, vocabularies, state }: Setting) {
  const country = random.chance(0.7) ? state : neighbourOf[state]
  const regions = vocabularies.under('regions', [country])
  return {
    country,
    ...(random.chance(0.9) && { region: random.skewed(regions) }),
    setting: random.pick(vocabularies.codes('event_places')),
    ...(random.chance(0.3) && { detention_place: random.skewed(vocabularies.codes('detention_places')) }),
  }
}

const sourceOf = (random: Random) => ({
  connection: random.pick(['victim', 'relative', 'eyewitness', 'lawyer', 'doctor', 'media']),
  reliability: random.pick(['reliable', 'usually_reliable', 'fairly_reliable', 'not_assessed']),
  validity: random.pick(['confirmed', 'probably_true', 'possibly_true', 'not_assessed']),
})

/** Dates as they come: mostly a day, often less, sometimes nothing. */
function occurredOf(random: Random): object {
  const year = String(random.skewed(years))
  const month = `${year}-${twoDigits(1 + random.below(12))}`
  const day = `${month}-${twoDigits(1 + random.below(28))}`
  const forms = [
    { precision: 'day', from: day, certainty: 'stated' },
    { precision: 'day', from: day },
    { precision: 'day', from: day, certainty: 'documented' },
    { precision: 'month', from: month },
    { precision: 'year', from: year },
    { precision: 'range', from: day, to: `${month}-28` },
    { precision: 'estimated', from: month, certainty: 'inferred' },
    { precision: 'unknown' },
  ]
  return random.skewed(forms)
}

const twoDigits = (number: number) => String(number).padStart(2, '0')
