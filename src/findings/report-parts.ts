import type { EpisodeFacts } from '../detention/schema.ts'
import type { Block, Value } from '../platform/documents/model.ts'
import type { VocabularyName } from '../vocabularies/schema.ts'
import { findTerm } from '../vocabularies/service.ts'
import { bodyDiagram } from './body-diagram.ts'
import { type ReportLanguage, type Words, wordsByLanguage } from './report-words.ts'
import type { ExaminationFacts } from './schema-examination.ts'
import type { FindingFacts, FindingNarrative } from './schema.ts'

/** A finding with its number in the report. */
export type Numbered = { readonly number: number; readonly facts: FindingFacts; readonly narrative: FindingNarrative }
export type ToldEpisode = {
  readonly facts: EpisodeFacts
  readonly hours: { readonly at_least: number; readonly at_most: number } | null
}

export const heading = (level: 0 | 1 | 2, text: string): Block => ({ kind: 'heading', level, text })
export const paragraph = (text: string | undefined): Block => ({ kind: 'paragraph', text: text ?? null })
export const note = (text: string): Block => ({ kind: 'paragraph', text, look: 'note' })

type Row = readonly [label: string, value: Value | undefined]
export const facts = (...rows: readonly Row[]): Block => ({
  kind: 'facts',
  rows: rows.map(([label, value]) => [label, value ?? null]),
})

export function labelOf(name: VocabularyName, code: string | undefined, language: ReportLanguage): Value {
  return code === undefined ? null : (findTerm(name, code)?.labels[language] ?? code)
}

export const joined = (values: readonly (Value | undefined)[], by = ', '): Value => {
  const known = values.filter((value) => value !== null && value !== undefined)
  return known.length === 0 ? null : known.join(by)
}

type Known = string | number | undefined
export const span = (from: Known, to: Known): Value =>
  joined([from === undefined ? null : String(from), to === undefined || to === from ? null : String(to)], ' – ')

/** Under which conditions the examination took place: what the Protocol asks to be stated of them. */
export function conditions({ police_present, is_custodial, restraints }: ExaminationFacts, words: Words): Row[] {
  const said = (value: boolean | undefined) => (value === undefined ? undefined : value ? words.yes : words.no)
  return [
    [words.is_custodial, said(is_custodial)],
    [words.police_present, said(police_present)],
    [words.restraints, restraints && words.coded[restraints]],
  ]
}

export function detention(episodes: readonly ToldEpisode[], language: ReportLanguage): Block[] {
  const words = wordsByLanguage[language]
  if (episodes.length === 0) return []
  const rows = episodes.map(({ facts: { from, to, place }, hours }) => [
    from?.replace('T', ' ') ?? null,
    to?.replace('T', ' ') ?? '—',
    labelOf('detention_places', place, language),
    hours && span(hours.at_least, hours.at_most),
  ])
  return [
    heading(2, words.detention),
    {
      kind: 'table',
      head: [words.from, words.to, words.place, words.unrecorded],
      widths: [0.2, 0.2, 0.38, 0.22],
      rows,
    },
  ]
}

/** Findings of one sort, each with its number; those on the body after a drawing of where they are. */
export function findingsOf(
  sort: FindingFacts['sort'],
  findings: readonly Numbered[],
  language: ReportLanguage,
): Block[] {
  const of = findings.filter((one) => one.facts.sort === sort)
  return [...diagram(of, wordsByLanguage[language]), ...of.flatMap((one) => findingBlocks(one, language))]
}

function diagram(findings: readonly Numbered[], words: Words): Block[] {
  const marks = findings.flatMap(({ number, facts: found }) =>
    found.sort === 'physical' ? [{ number, regions: found.regions }] : [],
  )
  if (marks.length === 0) return []
  return [{ kind: 'figure', drawing: bodyDiagram(marks), width: 400, caption: words.diagram }]
}

/** A grade is asked of every finding; reasons only of those that have one. */
function findingBlocks({ number, facts: found, narrative }: Numbered, language: ReportLanguage): Block[] {
  const words = wordsByLanguage[language]
  const reasons: Row[] =
    found.grade === undefined && narrative.reasoning === undefined ? [] : [[words.reasoning, narrative.reasoning]]
  return [
    heading(2, `${words.finding} ${String(number)}`),
    facts(
      ...(found.sort === 'physical' ? bodily(found, language) : []),
      [words.description, narrative.description],
      [words.cause, narrative.alleged_cause],
      [words.grade, labelOf('consistency_grades', found.grade, language)],
      ...reasons,
    ),
  ]
}

type Bodily = Extract<FindingFacts, { sort: 'physical' }>

const whereAndWhat = ({ regions, kind }: Bodily, language: ReportLanguage): Value =>
  joined(
    [labelOf('injury_kinds', kind, language), ...regions.map((one) => labelOf('body_regions', one, language))],
    '; ',
  )

function bodily(found: Bodily, language: ReportLanguage): Row[] {
  const words = wordsByLanguage[language]
  const sides = [found.length_mm, found.width_mm].filter((side) => side !== undefined)
  const measured: Row[] = [
    [words.size, sides.length === 0 ? null : sides.join(' × ')],
    [words.count, found.count === undefined ? null : String(found.count)],
    [words.age, span(found.age_days_from, found.age_days_to)],
  ]
  return [
    [
      words.regions,
      joined(
        found.regions.map((region) => labelOf('body_regions', region, language)),
        '; ',
      ),
    ],
    [words.kind, labelOf('injury_kinds', found.kind, language)],
    ...measured.filter(([, value]) => value !== null),
  ]
}

/** All findings at a glance, with their grades: what the interpretation is about. */
export function gradeTable(findings: readonly Numbered[], language: ReportLanguage): Block[] {
  const words = wordsByLanguage[language]
  if (findings.length === 0) return []
  const rows = findings.map(({ number, facts: found }) => [
    String(number),
    found.sort === 'physical' ? whereAndWhat(found, language) : words.psychological_finding,
    labelOf('consistency_grades', found.grade, language),
  ])
  return [{ kind: 'table', head: ['№', words.what, words.grade], widths: [0.08, 0.52, 0.4], rows }]
}
