import { z } from 'zod'
import { Article, KnownDay } from '../admissibility/schema.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { State } from '../reference/schema.ts'
import { termCode } from '../vocabularies/service.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const name = text(300).optional()

/** The languages in which the secretariat takes a complaint (complaint_form.json, languages_accepted). */
export const FormLanguage = z.enum(['en', 'fr', 'ru', 'es'])
export type FormLanguage = z.output<typeof FormLanguage>

const who = {
  family_name: name,
  given_names: name,
  born: KnownDay.optional(),
  nationality: termCode('countries').optional(),
}

const Author = z.strictObject({
  ...who,
  place_of_birth: name,
  gender: termCode('gender_identities').optional(),
  address: text(500).optional(),
  email: name,
  phone: name,
  capacity: z.enum(['victim', 'counsel', 'relative', 'ngo', 'other']),
  organisation: name,
})

/** A signed authority among the annexes, or why there is none. */
const Authority = z.union([
  z.strictObject({ annex: z.string().max(10) }),
  z.strictObject({ none_because: text(2_000) }),
])

const Victim = z.strictObject({
  ...who,
  /** Whose consent counts: as consents name the subject. */
  consent_of: text(100).default('victim'),
  initials: text(20).optional(),
  sex: termCode('sex').optional(),
  occupation: name,
  identity_document: name,
  address: text(500).optional(),
  is_deceased: z.boolean().default(false),
  is_detained: z.boolean().default(false),
  is_minor: z.boolean().default(false),
  authority: Authority.optional(),
  relationship: name,
})
export type Victim = z.output<typeof Victim>

export const ComplaintIdentity = z.strictObject({ author: Author, victims: z.array(Victim).min(1).max(50) })
export type ComplaintIdentity = z.output<typeof ComplaintIdentity>

/** How an annex is called in the document: A1, A2 … */
const AnnexRef = z.string().regex(/^A[1-9]\d{0,2}$/)

const Annex = z.strictObject({
  ref: AnnexRef,
  title: text(300),
  kind: z.enum(['authorisation', 'domestic_decision', 'other_procedure', 'medical', 'other_evidence', 'translation']),
  evidence_id: idOf('evidence_items').optional(),
  language: termCode('languages').optional(),
  pages: z.int().min(1).max(10_000).optional(),
})

const Event = z.strictObject({
  /** Absent: the day is not known. */
  on: KnownDay.optional(),
  text: text(10_000),
  annexes: z.array(AnnexRef).max(40).default([]),
})

/** What the working groups and the rapporteurs ask of an arrest or a disappearance, and no other record says. */
const Particulars = z.strictObject({
  /** Who is said to have done it, of the State or with its support. */
  forces: text(5_000).optional(),
  warrant: z.enum(['shown', 'not_shown', 'not_known']).optional(),
  warrant_by: text(500).optional(),
  reasons_given: text(2_000).optional(),
  law_applied: text(2_000).optional(),
  held_by: text(1_000).optional(),
  ordered_by: text(1_000).optional(),
  last_seen_on: KnownDay.optional(),
  last_seen_at: text(1_000).optional(),
  /** What the family did to find the person. */
  search: text(10_000).optional(),
})

const annexRefs = ({ annexes }: { annexes: { ref: string }[] }) => annexes.map(({ ref }) => ref)

export const ComplaintNarrative = z
  .strictObject({
    events: z.array(Event).max(200).default([]),
    annexes: z.array(Annex).max(200).default([]),
    particulars: Particulars.prefault({}),
  })
  .refine((told) => new Set(annexRefs(told)).size === told.annexes.length, 'each annex has a ref of its own')
  .refine((told) => told.events.every((event) => event.annexes.every((ref) => annexRefs(told).includes(ref))), {
    path: ['events'],
    message: 'names an annex that is not in the list',
  })
export type ComplaintNarrative = z.output<typeof ComplaintNarrative>

const Claimed = z.strictObject({
  article: Article,
  argument: text(20_000),
  /** The events that support it, by their place in the list, from 1. */
  facts: z.array(z.int().min(1).max(200)).max(60).default([]),
})

const OtherProcedure = z.strictObject({
  body: text(200),
  filed_on: KnownDay.optional(),
  status: z.enum(['pending', 'decided', 'withdrawn']),
  outcome: text(1_000).optional(),
  is_same_matter: z.boolean(),
})

const Interim = z.strictObject({
  risk: text(5_000),
  imminent_on: KnownDay.optional(),
  irreparable_because: text(5_000),
  protection_from_reprisals: text(5_000).optional(),
})

/** What only a procedure outside the committees asks. */
const Procedure = z.strictObject({
  /** Of arbitrary detention (other_mechanisms, WGAD_REGULAR). */
  categories: z
    .array(z.enum(['I', 'II', 'III', 'IV', 'V']))
    .max(5)
    .default([]),
  communication: z.enum(['urgent_appeal', 'allegation_letter', 'other_letter']).optional(),
  /** The mandates that a letter is addressed to. */
  addressees: z.array(text(300)).max(20).default([]),
})

/** `mechanism` is the one body it goes to. */
export const ComplaintLegal = z.strictObject({
  mechanism: z.string().max(60),
  state: State,
  language: FormLanguage,
  annex_languages: z.array(termCode('languages')).max(10).default([]),
  withhold: z
    .strictObject({
      in_publication: z.boolean().default(false),
      from_state: z.boolean().default(false),
      reasons: text(2_000).optional(),
    })
    .prefault({}),
  interim: Interim.optional(),
  procedure: Procedure.prefault({}),
  not_exhausted_because: text(5_000).optional(),
  elsewhere: z.array(OtherProcedure).max(20).default([]),
  claims: z.array(Claimed).max(60).default([]),
  remedies: z.array(termCode('remedies')).max(40).default([]),
  remedies_text: text(5_000).optional(),
  signed_on: z.iso.date().optional(),
  signed_at: name,
})
export type ComplaintLegal = z.output<typeof ComplaintLegal>

/** What is written when a complaint is begun: the bodies it goes to must come to one. */
export const NewLegal = z.strictObject({
  ...ComplaintLegal.shape,
  mechanism: ComplaintLegal.shape.mechanism.optional(),
  mechanisms: z.array(ComplaintLegal.shape.mechanism).min(1).max(10).optional(),
})
export type NewLegal = z.output<typeof NewLegal>
