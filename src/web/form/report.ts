import { type Answers, type Form, type Kind, one, several } from './form.ts'

type Json = Readonly<Record<string, unknown>>

/** The answers as the report that the server takes. Only what was answered is in it. */
export function reportOf({ kind, answers }: Form): Json {
  const parties = partiesOf(answers)
  return {
    facts: {
      kind,
      occurred: whenOf(answers),
      place: known({
        country: one(answers, 'country'),
        region: one(answers, 'region'),
        setting: one(answers, 'setting'),
      }),
      parties,
      acts: several(answers, 'violations').map((violation) => actOf(answers, violation, parties.length > 1)),
      sources: sourcesOf(answers),
      details: detailsOf(kind, answers),
    },
    narrative: narrativeOf(kind, answers),
    identity: { parties: namedOf(answers) },
  }
}

/** Without what was left open. */
const known = (fields: Readonly<Record<string, unknown>>): Json =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && !isEmpty(value)))

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0

function whenOf(answers: Answers): Json {
  const precision = one(answers, 'precision') ?? 'unknown'
  return precision === 'unknown' ? { precision } : { precision, from: one(answers, precision) }
}

function partiesOf(answers: Answers): Json[] {
  const victim = known({
    ref: 'v1',
    roles: ['victim'],
    sort: 'person',
    sex: one(answers, 'sex'),
    age_band: one(answers, 'age_band'),
    counting_consent: one(answers, 'counting_consent'),
  })
  const institution = one(answers, 'institution')
  if (institution === undefined && one(answers, 'unit') === undefined) return [victim]
  return [victim, known({ ref: 'p1', roles: ['alleged_perpetrator'], sort: 'institution', institution })]
}

const actOf = (answers: Answers, violation: string, isAccused: boolean): Json =>
  known({
    violation,
    victim_ref: 'v1',
    perpetrator_refs: isAccused ? ['p1'] : [],
    methods: violation.startsWith('torture') ? several(answers, 'methods') : [],
  })

function sourcesOf(answers: Answers): Json[] {
  const connection = one(answers, 'connection')
  if (connection === undefined) return []
  const reliability = one(answers, 'reliability') ?? 'not_assessed'
  return [{ connection, reliability, validity: one(answers, 'validity') ?? 'not_assessed' }]
}

const codes: Readonly<Record<Kind, readonly string[]>> = {
  torture_or_ill_treatment: ['duration', 'medical_care', 'complaint_made'],
  arbitrary_detention: ['outcome', 'legal_basis', 'is_incommunicado'],
  enforced_disappearance: ['authority_response', 'is_taken_by_officials', 'fate'],
  assembly: ['dispersal', 'participants'],
  expression_and_media: ['medium'],
  unlawful_death: ['circumstances', 'custody'],
  gender_based_violence: ['relationship', 'police_response', 'is_repeated'],
  other: ['measure'],
}
const numbers = ['hours_to_recorded_arrest', 'days_held', 'detained', 'injured', 'killed']
const lists = ['purposes', 'measures', 'forms']

function detailsOf(kind: Kind, answers: Answers): Json {
  const fields: Record<string, unknown> = {}
  for (const name of codes[kind]) fields[name] = one(answers, name)
  for (const name of numbers) fields[name] = numberOf(one(answers, name))
  for (const name of lists) fields[name] = several(answers, name)
  const seen = kind === 'torture_or_ill_treatment' ? one(answers, 'injuries_seen') : undefined
  return known(seen === undefined ? fields : { ...fields, injuries: seen })
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))

const texts: Readonly<Record<Kind, readonly string[]>> = {
  torture_or_ill_treatment: ['injuries'],
  arbitrary_detention: ['charge'],
  enforced_disappearance: ['last_seen'],
  assembly: ['demands'],
  expression_and_media: ['publication'],
  unlawful_death: ['cause_of_death'],
  gender_based_violence: ['history'],
  other: [],
}

function narrativeOf(kind: Kind, answers: Answers): Json {
  const names = ['summary', 'account', 'place_text', 'official_version', ...texts[kind]]
  return known(Object.fromEntries(names.map((name) => [name, one(answers, name)])))
}

/** Who the parties are. One of whom nothing is known but codes is not named at all. */
function namedOf(answers: Answers): Json[] {
  const name = one(answers, 'victim_name')
  const contact = one(answers, 'contact')
  const unit = one(answers, 'unit')
  const contacts = contact === undefined ? {} : { contacts: [{ kind: 'other', text: contact }] }
  const victim = { ref: 'v1', names: name === undefined ? [] : [{ text: name }], ...contacts }
  return [
    ...(name === undefined && contact === undefined ? [] : [victim]),
    ...(unit === undefined ? [] : [{ ref: 'p1', names: [], unit }]),
  ]
}
