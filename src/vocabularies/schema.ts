import { z } from 'zod'

/** The coded lists there are; each is a file of schemas/vocabularies. */
export const vocabularyNames = [
  'age_bands',
  'assistance_types',
  'body_regions',
  'case_closing_reasons',
  'case_decline_reasons',
  'case_stages',
  'complaint_outcomes',
  'consistency_grades',
  'countries',
  'date_certainties',
  'date_precisions',
  'detention_legal_bases',
  'detention_places',
  'event_places',
  'evidence_kinds',
  'gender_identities',
  'ill_treatment_methods',
  'incident_kinds',
  'incident_statuses',
  'information_validity',
  'injury_kinds',
  'involvement_ranks',
  'languages',
  'occupations',
  'party_roles',
  'perpetrator_institutions',
  'proceeding_results',
  'regions',
  'remedies',
  'safeguards',
  'sex',
  'source_connections',
  'source_reliability',
  'special_protection',
  'treaty_articles',
  'treaty_bodies',
  'triage_rejections',
  'verification_grades',
  'violation_types',
] as const
export const VocabularyName = z.enum(vocabularyNames)
export type VocabularyName = z.output<typeof VocabularyName>

const languages = ['en', 'ru', 'kk', 'ky', 'tg', 'uz', 'tk'] as const
export const LabelLanguage = z.enum(languages)
export type LabelLanguage = z.output<typeof LabelLanguage>

const code = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$/, 'letters and digits, joined by _ or -')
const label = z.string().min(1).max(200)
const definition = z.string().min(1).max(300)

/** English and Russian are complete; the other five stand only where we are sure of them. */
const Labels = z.strictObject({
  en: label,
  ru: label,
  kk: label.optional(),
  ky: label.optional(),
  tg: label.optional(),
  uz: label.optional(),
  tk: label.optional(),
})

const Term = z.strictObject({
  code,
  parent: code.optional(),
  definition,
  /** The number of the matching term of an international scheme, where one exists. */
  international: z.strictObject({ scheme: z.string().min(1).max(40), code: z.string().min(1).max(20) }).optional(),
  labels: Labels,
  /** The languages whose label a native speaker has reviewed. */
  reviewed: z.array(LabelLanguage).max(languages.length),
})
export type Term = z.output<typeof Term>

export const Vocabulary = z
  .strictObject({
    name: VocabularyName,
    version: z.int().positive(),
    definition,
    /** The list in which the parents stand, when it is another one: a region's parent is a country. */
    parents_in: VocabularyName.optional(),
    terms: z.array(Term).min(1).max(500),
  })
  .superRefine(({ terms, parents_in }, context) => {
    const codes = new Set(terms.map((term) => term.code))
    const seen = new Set<string>()
    for (const [row, term] of terms.entries()) {
      const fault = faultOf(term, seen, parents_in ? undefined : codes)
      if (fault) context.addIssue({ code: 'custom', path: ['terms', row], message: fault })
      seen.add(term.code)
    }
  })
export type Vocabulary = z.output<typeof Vocabulary>

function faultOf(term: Term, seen: ReadonlySet<string>, parents: ReadonlySet<string> | undefined): string | undefined {
  if (seen.has(term.code)) return `the code ${term.code} stands twice`
  if (term.parent === term.code) return `${term.code} is its own parent`
  if (term.parent && parents && !parents.has(term.parent)) return `the parent ${term.parent} does not exist`
  const missing = term.reviewed.find((language) => term.labels[language] === undefined)
  return missing && `${missing} is marked as reviewed and has no label`
}

export const VocabularyList = z.object({
  vocabularies: z.array(
    z.object({ ...Vocabulary.shape, terms: z.int().meta({ description: 'How many terms the list has' }) }),
  ),
})
export type VocabularyList = z.output<typeof VocabularyList>

export const VocabularyReply = z.object({
  ...Vocabulary.shape,
  terms: z.array(
    z.object({
      ...Term.shape,
      label: label.meta({ description: 'The label in the best language for the reader' }),
      label_language: LabelLanguage,
      label_reviewed: z.boolean().meta({ description: 'Whether a native speaker has reviewed this label' }),
    }),
  ),
})
export type VocabularyReply = z.output<typeof VocabularyReply>
