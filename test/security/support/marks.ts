import { readFileSync } from 'node:fs'
import { canaries } from '../canaries/all.ts'

/** Sealed columns into which marked values are put; the search must then find none of them anywhere. */
export const markedColumns = [
  'case_transitions.narrative',
  'cases.facts',
  'cases.identity',
  'cases.legal',
  'cases.narrative',
  'idempotency_keys.reply',
  'incident_notices.narrative',
  'incident_supplements.narrative',
  'incidents.facts',
  'incidents.identity',
  'incidents.legal',
  'incidents.narrative',
  'members.profile',
  'organisations.profile',
  'programmes.profile',
  ...canaries.flatMap(({ columns }) => columns),
]

export const codedColumns = canaries.flatMap(({ coded = [] }) => coded)

/** Sealed columns that hold keys: their contents, opened with everybody's passphrases, are searched for as they are. */
export const keyColumns = [
  'keyring_grants.root',
  'record_keys.wrapped',
  'recovery_approvals.share',
  'recovery_shares.share',
  'sessions.secret',
  'users.secret',
]

export const MARKS = 50

const numbers = Array.from({ length: MARKS }, (_, at) => at)

/** Fifty texts to put into one field, half in Cyrillic; each has a word in it that is nowhere else. */
export const marked = (field: string): string[] =>
  numbers.map((at) => (at % 2 === 0 ? `Kanareika ${field} ${String(at)}` : `Канарейка ${field} ${String(at)} Ҷамшеда`))

export const handles = numbers.map((at) => (at % 2 === 0 ? `kanareika-${String(at)}` : `канарейка-${String(at)}`))
export const emails = numbers.map((at) => `kanareika.${String(at)}@example.org`)
export const asciiMarks = (field: string) => numbers.map((at) => `kanareika-${field}-${String(at)}`)

/** Passphrases may hold no word of a name, so they have a bird of their own. */
export const passphrases = numbers.map((at) =>
  at % 2 === 0 ? `zhavoronok ${String(at)} over the winter lake` : `жаворонок ${String(at)} над зимним озером`,
)

const violations = new URL('../../../schemas/vocabularies/violation_types.json', import.meta.url)
const { terms }: { terms: { code: string }[] } = JSON.parse(readFileSync(violations, 'utf8'))

/** Coded facts have no free text: codes that stand nowhere in the database's own words are their marks. */
export const codes = terms
  .map(({ code }) => code)
  .filter((code) => code.length >= 12)
  .slice(0, MARKS)

/** The words of the marks, in the forms that a search index or a sloppy log might give them; and the Latin ones of those. */
export const stems = [
  'kanareik',
  'kanareyk',
  'канарейк',
  'zhavorono',
  'жаворонок',
  'jamsheda',
  'ҷамшеда',
  'чамшеда',
].flatMap((stem) => [stem, stem.toUpperCase(), stem.charAt(0).toUpperCase() + stem.slice(1)])
