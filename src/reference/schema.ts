import { z } from 'zod'

const TEXT_MAX = 2_000
const LIST_MAX = 100

const text = z.string().min(1).max(TEXT_MAX)
const texts = z.array(text).max(LIST_MAX)
/** How a row is named. */
export const RowCode = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9][\w.-]*$/, 'letters, digits, _ . and -')

const code = RowCode

/** The five States whose law the reference knows. */
export const State = z.enum(['KZ', 'KG', 'TJ', 'TM', 'UZ'])
export type State = z.output<typeof State>

/** The days of a deadline are those of the State's own clock. */
export const Zone = z.enum(['Asia/Almaty', 'Asia/Bishkek', 'Asia/Dushanbe', 'Asia/Ashgabat', 'Asia/Tashkent'])
export type Zone = z.output<typeof Zone>

export const DeadlineKind = z.enum(['appeal', 'complaint', 'comments', 'state_reply', 'hearing', 'limitation', 'other'])

export const Count = z.strictObject({
  unit: z.enum(['calendar_days', 'working_days', 'months']),
  number: z.int().min(1).max(1_200),
})
export type Count = z.output<typeof Count>

/** What a term does whose last day is not a working day. */
export const TermEnd = z.enum(['stays', 'next_working_day'])

const known = { sources: texts.min(1), certainty: text, note: text.optional() }

export const DeadlineRule = z.strictObject({
  code,
  name: text,
  kind: DeadlineKind,
  /** Empty: the rule is of no State's own law. */
  states: z.array(State).max(5),
  trigger: z.enum(['filed_on', 'decided_on', 'served_on']),
  count: Count,
  end: TermEnd,
  ...known,
})
export type DeadlineRule = z.output<typeof DeadlineRule>

export const WorkCalendar = z.strictObject({
  code: State,
  zone: Zone,
  weekend: z.array(z.int().min(1).max(7)).max(6),
  every_year: z.array(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)).max(60),
  days_off: z.array(z.iso.date()).max(600),
  ...known,
})
export type WorkCalendar = z.output<typeof WorkCalendar>

export const ExhaustionRule = z.strictObject({
  code: State,
  final_steps: z.array(code).min(1).max(20),
  not_required: z.array(code).max(20),
  /** Ladders that are climbed apart. Without any, all steps are of one. */
  ways: z
    .array(z.strictObject({ code, steps: z.array(code).min(1).max(20), is_effective: z.boolean() }))
    .max(10)
    .default([]),
  months_prolonged: z.int().min(1).max(240),
  ...known,
})
export type ExhaustionRule = z.output<typeof ExhaustionRule>

/** A day; or, where the sources do not give one, words that say so, which nothing is computed from. */
const day = z.union([z.iso.date(), text.regex(/[A-Za-z]/)]).nullable()
export const Acceptance = z.strictObject({
  state: State,
  mechanism: code,
  treaty_party: z.union([z.boolean(), text]),
  treaty_date: day,
  complaint_accepted: z.boolean(),
  acceptance_date: day,
  complaint_in_force: day,
  limits: text.nullable(),
  /** Whether the State reserved itself against matters that another procedure has examined. Absent: not looked up. */
  examined_reserved: z.boolean().optional(),
  /** Since when the treaty itself binds the State. Absent: not looked up. */
  treaty_in_force: z.iso.date().optional(),
  sources: texts,
  certainty: text,
  note: z.string().max(TEXT_MAX),
})
export type Acceptance = z.output<typeof Acceptance>

/** What the words of a mechanism's row say, in codes. Only answers are computed from it; the words are what holds. */
const MechanismCodes = z.strictObject({
  /** The body, as a consent names it. */
  body: code,
  /** The treaty: the beginning of the codes of its articles. */
  articles: code,
  same_matter: z.enum(['pending', 'pending_or_examined', 'no_bar']),
  /** A matter that was examined elsewhere bars only where the State reserved itself. */
  examined: z.literal('unless_reserved').optional(),
  exceptions: z.array(z.enum(['prolonged', 'ineffective', 'unavailable'])).max(3),
  anonymous: z.literal('barred'),
  late: z.literal('unless_impossible').optional(),
  victims: z.literal('children').optional(),
})

const months = z.int().min(1).max(60).optional()

/** A committee has fields that others lack; those that answers are computed from are checked. */
export const Mechanism = z.looseObject({
  id: code,
  committee: text,
  instrument: text,
  who: texts,
  anonymity: text,
  same_matter: text,
  in_force: z.boolean().optional(),
  exhaustion: z.looseObject({ required: z.boolean() }),
  time_limit: z.looseObject({
    rule: text,
    code: z.enum(['ABUSE_5Y_3Y', 'UNREASONABLE_DELAY', 'NONE', 'FIXED_6M', 'FIXED_1Y', 'NOT_IN_FORCE']),
  }),
  state_obs_months: months,
  author_comments_months: months,
  state_followup_days: z.int().min(1).max(1_000).nullish(),
  state_followup_months: months,
  coded: MechanismCodes,
  sources: texts,
  certainty: text,
})
export type Mechanism = z.output<typeof Mechanism>

export const OtherMechanism = z.looseObject({
  id: code,
  name: text,
  certainty: text,
  coded: z.strictObject({
    body: code,
    door: z.enum(['open', 'by_cycle', 'project', 'states_only', 'workers_only', 'no_complaints']),
    /** Kinds of violation, by the beginning of their codes; empty: any. */
    violations: z.array(code).max(20),
    /** Empty: all five. */
    states: z.array(State).max(5),
    /** Whether a committee may count it as another procedure of investigation or settlement. */
    procedure: z.enum(['no', 'maybe']),
    is_urgent: z.boolean().optional(),
    people_min: z.int().min(2).max(100).optional(),
    closes_months: months,
    urgent_months: months,
    not_while: z.array(code).max(10).optional(),
    /** It is open for what came after the treaty of this mechanism bound the State. */
    after_treaty: code.optional(),
  }),
})
export type OtherMechanism = z.output<typeof OtherMechanism>

/** What is publicly known of the carrying out of a decision: the words, and where they allow it our coding of them. */
const PublicFact = z.strictObject({
  date: text,
  fact: text,
  event: code.optional(),
  remedy: code.optional(),
  status: code.optional(),
  amount: z.number().positive().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
})
const ArticleFound = z.looseObject({ article: code, certainty: text, read_with: z.array(code).optional() })

export const View = z.looseObject({
  state: State,
  committee: code,
  symbol: text,
  title: text,
  adopted_on: z.iso.date(),
  articles_violated: z.array(ArticleFound).nullable(),
  remedy_codes: z.array(code).nullable(),
  state_reply_due_days: z.int().min(1).max(1_000).nullable(),
  state_reply_due_months: z.int().min(1).max(60).nullable(),
  implementation_public_facts: z.array(PublicFact).max(LIST_MAX),
  certainty: text,
  sources: texts.min(1),
})
export type View = z.output<typeof View>
const Step = z.strictObject({ code, name: text })
const FormSection = z.looseObject({ id: code, title: text })

/** The parts of a submission that the program knows how to write. */
export const FormPart = z.enum([
  'general',
  'recipient',
  'addressees',
  'correspondent',
  'source',
  'victims',
  'identity',
  'disappeared',
  'disappearance',
  'forces',
  'search',
  'arrest',
  'detention',
  'arbitrary',
  'confidentiality',
  'interim',
  'urgent',
  'facts',
  'ladder',
  'elsewhere',
  'claims',
  'sought',
  'consent',
  'checklist',
])
export type FormPart = z.output<typeof FormPart>

/** What is sent to a body, part by part in its order. The form that names no mechanism is for all the others. */
export const SubmissionForm = z.strictObject({
  id: code,
  name: text,
  mechanisms: z.array(code).max(20),
  languages: z.array(z.enum(['en', 'fr', 'ru', 'es'])).min(1),
  /** Who sends it is told to the body alone, on a page of its own. */
  source_apart: z.boolean(),
  sections: z.array(FormPart).min(1).max(30),
  ...known,
})
export type SubmissionForm = z.output<typeof SubmissionForm>
/** A part of a model: a list, a map or a text. */
const Part = z.strictObject({ part: code, value: z.unknown() })

/** The files of schemas/reference: what a row of each is. */
export const rowSchemas = {
  acceptance: Acceptance,
  complaint_form: FormSection,
  deadline_rules: DeadlineRule,
  domestic_ladder: Step,
  exhaustion_rules: ExhaustionRule,
  implementation_model: Part,
  mechanisms: Mechanism,
  other_mechanisms: OtherMechanism,
  referral_model: Part,
  submission_forms: SubmissionForm,
  views: View,
  work_calendars: WorkCalendar,
} as const

export const ReferenceFile = z.enum([
  'acceptance',
  'complaint_form',
  'deadline_rules',
  'domestic_ladder',
  'exhaustion_rules',
  'implementation_model',
  'mechanisms',
  'other_mechanisms',
  'referral_model',
  'submission_forms',
  'views',
  'work_calendars',
])
export type ReferenceFile = z.output<typeof ReferenceFile>

export const Content = z.record(z.string().max(60), z.unknown())
export type Content = z.output<typeof Content>

export const Certainty = z.enum(['high', 'medium', 'low'])
export type Certainty = z.output<typeof Certainty>

/** Where a computed answer comes from. It stands in every such answer. */
export const RuleRef = z
  .strictObject({ file: ReferenceFile, row: code, version: z.int(), certainty: Certainty, sources: texts })
  .meta({ title: 'RuleRef' })
export type RuleRef = z.output<typeof RuleRef>

export const ReferenceRow = z
  .object({
    row: code,
    version: z.int(),
    latest_version: z.int().meta({ description: 'The version to name in If-Match: it may be valid on other days' }),
    valid_from: z.iso.date().nullable(),
    valid_to: z.iso.date().nullable(),
    certainty: Certainty,
    signature: z
      .enum(['valid', 'missing'])
      .nullable()
      .meta({ description: 'Of the administrator who wrote it; null for what comes with the program' }),
    content: Content,
  })
  .meta({ title: 'ReferenceRow' })
export type ReferenceRow = z.output<typeof ReferenceRow>

/** What of a version is sealed. */
export const RowFacts = z.strictObject({ file: ReferenceFile, row: code, content: Content })
export type RowFacts = z.output<typeof RowFacts>
