import type { Block, Value } from '../platform/documents/model.ts'
import { type EpisodeTold, heading, labelOf, type Look, type Material, paragraph } from './document-parts.ts'

type Writing = (material: Material, look: Look) => Block[]
type Rows = (readonly [string, Value])[]

const facts = (rows: Rows): Block => ({ kind: 'facts', rows })
const told = (text: string | undefined): Value => text ?? null

const recipientRows = ({ legal, body }: Material, { words, language }: Look): Rows => [
  [words.body, body],
  [words.state, labelOf('countries', legal.state, language)],
  [words.language, labelOf('languages', legal.language, language)],
]

export const recipient: Writing = (material, look) => [facts(recipientRows(material, look))]

export const addressees: Writing = (material, look) => {
  const { addressees: to, communication } = material.legal.procedure
  const { words } = look
  return [
    facts([
      ...recipientRows(material, look),
      [words.to, to.length === 0 ? null : to.join('\n')],
      [words.communication, communication === undefined ? null : words[communication]],
    ]),
  ]
}

const dayAndHour = (moment: string): string => moment.replace('T', ' ')
const moment = (known: string | undefined): Value => (known === undefined ? null : dayAndHour(known))

/** The coded place with what was told of it. */
function placeOf({ place, told: words }: EpisodeTold, { language }: Look): Value {
  const parts = [place === undefined ? null : labelOf('detention_places', place, language), words.place ?? null]
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.join(': ')
}

function basisOf({ legal_basis, told: words }: EpisodeTold, { language }: Look): Value {
  const parts = [
    legal_basis === undefined ? null : labelOf('detention_legal_bases', legal_basis, language),
    words.legal_basis ?? null,
  ]
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.join(': ')
}

/** Who of the victims was held, as the record calls them; one who is alone needs no number. */
function personOf({ person }: EpisodeTold, { identity: { victims } }: Material, { words }: Look): string {
  const at = victims.findIndex(({ consent_of }) => consent_of === person)
  return at < 0 ? (person ?? words.victim) : `${words.victim} ${String(at + 1)}`
}

export const arrest: Writing = (material, look) => {
  const { words } = look
  const { forces, warrant, warrant_by, reasons_given, law_applied } = material.narrative.particulars
  const arrests = material.episodes.filter(({ came_by }) => came_by === 'arrest')
  const unknown: Rows = [
    [words.arrested_on, null],
    [words.arrested_at, null],
  ]
  return [
    ...(arrests.length === 0 ? [facts(unknown)] : []),
    ...arrests.flatMap((one) => [
      ...(material.identity.victims.length > 1 ? [heading(personOf(one, material, look), 2)] : []),
      facts([
        [words.arrested_on, moment(one.from)],
        [words.arrested_at, placeOf(one, look)],
        [words.recorded_at, one.recorded_at === undefined ? '' : dayAndHour(one.recorded_at)],
      ]),
    ]),
    facts([
      [words.forces, told(forces)],
      [words.warrant, warrant === undefined ? null : shown(warrant, look)],
      [words.warrant_by, warrant === 'shown' ? told(warrant_by) : (warrant_by ?? '')],
      [words.reasons_given, told(reasons_given)],
      [words.law_applied, told(law_applied)],
    ]),
  ]
}

const shown = (warrant: 'shown' | 'not_shown' | 'not_known', { words }: Look): string =>
  ({ shown: words.yes, not_shown: words.no, not_known: words.not_known })[warrant]

export const detention: Writing = (material, look) => {
  const { words, language } = look
  const { held_by, ordered_by } = material.narrative.particulars
  const notMet = ({ safeguards }: EpisodeTold) =>
    safeguards
      .filter(({ state }) => state === 'not_met')
      .map(({ safeguard }) => labelOf('safeguards', safeguard, language))
  const table: Block = {
    kind: 'table',
    head: [words.person, words.from, words.until, words.place, words.legal_basis, words.not_met],
    widths: [0.16, 0.14, 0.14, 0.2, 0.18, 0.18],
    rows: material.episodes.map((one) => [
      personOf(one, material, look),
      moment(one.from),
      one.to === undefined ? words.goes_on : dayAndHour(one.to),
      placeOf(one, look),
      basisOf(one, look),
      notMet(one).join(', '),
    ]),
  }
  return [
    material.episodes.length === 0 ? paragraph(null) : table,
    facts([
      [words.held_by, told(held_by)],
      [words.ordered_by, told(ordered_by)],
    ]),
  ]
}

export const disappearance: Writing = ({ narrative: { particulars } }, { words }) => [
  facts([
    [words.last_seen_on, told(particulars.last_seen_on)],
    [words.last_seen_at, told(particulars.last_seen_at)],
  ]),
]

export const forces: Writing = ({ narrative: { particulars } }) => [paragraph(told(particulars.forces))]
export const search: Writing = ({ narrative: { particulars } }) => [paragraph(told(particulars.search))]

export const categories: Writing = ({ legal: { procedure } }, { words }) => [
  facts([[words.categories, procedure.categories.length === 0 ? null : procedure.categories.toSorted().join(', ')]]),
]

/** What is not allowed as consents stand is missing. */
export const consent: Writing = ({ consents }, { words }) => [
  facts(consents.map((may, at) => [`${words.victim} ${String(at + 1)}`, may ? words.consent_given : null])),
]
