import { type Block, type DocumentModel, missingIn } from '../platform/documents/model.ts'
import {
  conditions,
  detention,
  facts,
  findingsOf,
  gradeTable,
  heading,
  joined,
  labelOf,
  note,
  type Numbered,
  paragraph,
  span,
  type ToldEpisode,
} from './report-parts.ts'
import { type ReportLanguage, type Words, wordsByLanguage } from './report-words.ts'
import type { ExaminationFacts, ExaminationIdentity, ExaminationNarrative } from './schema-examination.ts'
import type { FindingFacts, FindingNarrative } from './schema.ts'

type ToldFinding = { readonly facts: FindingFacts; readonly narrative: FindingNarrative }
export type ToldExamination = {
  readonly identity: ExaminationIdentity
  readonly narrative: ExaminationNarrative
  readonly facts: ExaminationFacts
  readonly findings: readonly ToldFinding[]
}

/** All that a report is made from, opened. */
export type Material = {
  readonly reference: string
  readonly examinations: readonly ToldExamination[]
  /** Findings of no examination. */
  readonly loose: readonly ToldFinding[]
  readonly episodes: readonly ToldEpisode[]
}

/**
 * One report an examination, each from a new page, in the order of Annex IV of the Istanbul Protocol (2022). What the record
 * does not have is marked in its place and listed on the last page.
 */
export function reportOf(material: Material, language: ReportLanguage): DocumentModel {
  const words = wordsByLanguage[language]
  const numbered = numbering(material)
  const reports = numbered.examinations.map((examination, nth) => [
    ...title(words, nth + 1, numbered.examinations.length),
    ...report({ ...examination, reference: material.reference, episodes: material.episodes }, language),
  ])
  const blocks = reports.flatMap((one, nth): Block[] => (nth === 0 ? one : [{ kind: 'page_break' }, ...one]))
  const loose = looseFindings(numbered.loose, language)
  const missing = [
    ...reports.flatMap((one, nth) => missingOf(one, nth + 1, { words, of: reports.length })),
    ...missingIn(loose),
  ]
  return {
    title: words.title,
    language,
    missing: words.missing,
    header: words.header,
    footer: material.reference,
    blocks: withMissing([...blocks, ...loose], missing, words),
  }
}

/** The numbers run through the whole document, in its order, so that a number means one finding. */
function numbering({ examinations, loose }: Material) {
  let number = 0
  const numbered = (findings: readonly ToldFinding[]): Numbered[] =>
    [...findings.filter(isPhysical), ...findings.filter((one) => !isPhysical(one))].map((one) => {
      number += 1
      return { ...one, number }
    })
  return {
    examinations: examinations.map((one) => ({ ...one, findings: numbered(one.findings) })),
    loose: numbered(loose),
  }
}

const isPhysical = ({ facts: { sort } }: ToldFinding) => sort === 'physical'

const title = (words: Words, nth: number, of: number): Block[] => [
  heading(0, words.title),
  ...(of > 1 ? [note(`${words.examination} ${String(nth)} / ${String(of)}`)] : []),
]

type Whole = { readonly words: Words; readonly of: number }

const missingOf = (report: readonly Block[], nth: number, { words, of }: Whole): string[] =>
  missingIn(report).map((one) => (of > 1 ? `${words.examination} ${String(nth)}: ${one}` : one))

function withMissing(blocks: readonly Block[], missing: readonly string[], words: Words): Block[] {
  const [first, ...rest] = blocks
  if (missing.length === 0 || first === undefined) return [...blocks]
  return [
    first,
    note(words.missing_note),
    ...rest,
    { kind: 'page_break' },
    heading(1, words.missing_title),
    note(words.missing_text),
    { kind: 'list', items: missing },
  ]
}

type Examined = Omit<ToldExamination, 'findings'> &
  Pick<Material, 'reference' | 'episodes'> & { readonly findings: readonly Numbered[] }

function report(examined: Examined, language: ReportLanguage): Block[] {
  const words = wordsByLanguage[language]
  const { identity, narrative, findings } = examined
  const told = (name: string, text: string | undefined, more: readonly Block[] = []): Block[] => [
    heading(1, name),
    paragraph(text),
    ...more,
  ]
  return [
    heading(1, words.case_information),
    caseInformation(examined, words),
    ...told(words.qualifications, identity.qualifications),
    ...told(words.veracity, words.veracity_text),
    ...told(words.background, narrative.background),
    ...told(words.allegations, narrative.allegations, detention(episodesFor(examined), language)),
    ...told(words.symptoms, narrative.symptoms),
    ...told(words.physical, narrative.physical_examination, findingsOf('physical', findings, language)),
    heading(1, words.psychological),
    heading(2, words.history),
    paragraph(narrative.psychological_history),
    heading(2, words.examined),
    paragraph(narrative.psychological_examination),
    ...findingsOf('psychological', findings, language),
    ...told(words.photographs, narrative.photographs),
    ...told(words.tests, narrative.diagnostic_tests),
    ...told(words.consultations, narrative.consultations),
    ...told(words.interpretation, narrative.interpretation, gradeTable(findings, language)),
    ...conclusions(examined, language),
    ...told(words.truthfulness, words.truthfulness_text),
    ...restrictions(examined, words),
    ...signature(examined, words),
    ...told(words.annexes, narrative.annexes),
  ]
}

/** What is of another person stays out; what names nobody may be of this one. */
const episodesFor = ({ facts: { person }, episodes }: Examined) =>
  episodes.filter((one) => person === undefined || one.facts.person === undefined || one.facts.person === person)

function caseInformation({ reference, identity, narrative, facts: coded }: Examined, words: Words): Block {
  return facts(
    [words.reference, reference],
    [words.subject, identity.subject],
    [words.on, coded.on],
    [words.hours, span(coded.from, coded.to)],
    [words.place, narrative.place],
    [words.requested_by, identity.requested_by],
    [words.clinician, identity.clinician],
    [words.consent, coded.consent && words.coded[coded.consent]],
    [words.interpreter, joined([coded.interpreter && words.coded[coded.interpreter], identity.interpreter])],
    [words.present, identity.present],
  )
}

function conclusions({ narrative, facts: { overall } }: Examined, language: ReportLanguage): Block[] {
  const words = wordsByLanguage[language]
  return [
    heading(1, words.conclusions),
    facts([words.overall, labelOf('consistency_grades', overall, language)]),
    paragraph(narrative.conclusions),
    heading(2, words.recommendations),
    paragraph(narrative.recommendations),
  ]
}

/** The clinician ticks one of two: no record can say for them how free they were. */
const restrictions = ({ facts: coded, narrative }: Examined, words: Words): Block[] => [
  heading(1, words.restrictions),
  facts(...conditions(coded, words), [words.limits, narrative.limits]),
  paragraph(words.free),
  paragraph(words.restricted),
]

/** To be signed by hand: the program knows who recorded it, not who stands behind the printed page. */
const signature = ({ identity }: Examined, words: Words): Block[] => [
  heading(1, words.signature),
  {
    kind: 'facts',
    tall: true,
    rows: [
      [words.name, identity.clinician ?? null],
      [words.place, ''],
      [words.day, ''],
      [words.signature, ''],
    ],
  },
]

function looseFindings(findings: readonly Numbered[], language: ReportLanguage): Block[] {
  const words = wordsByLanguage[language]
  if (findings.length === 0) return []
  return [
    { kind: 'page_break' },
    heading(1, words.loose),
    note(words.loose_text),
    ...findingsOf('physical', findings, language),
    ...findingsOf('psychological', findings, language),
  ]
}
