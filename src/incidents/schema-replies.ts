import { z } from 'zod'
import { secretOf, secretText } from '../platform/crypto/secret.ts'
import { PageQuery, pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'
import { FactsOutline, IncidentFacts, verificationStandards } from './schema.ts'
import { IncidentKind } from './schema-kinds.ts'
import { IncidentIdentity, IncidentLegal, IncidentNarrative } from './schema-texts.ts'
import { Day } from './schema-when.ts'

export const IncidentStatus = z.enum(['submitted', 'returned', 'accepted', 'rejected'])
export type IncidentStatus = z.output<typeof IncidentStatus>

const digest = z
  .string()
  .length(64)
  .meta({ description: 'SHA-256 of the sealed columns as they lie in the database, in hex' })
const auditReceipt = idOf('audit_events').meta({ description: 'The row of the audit trail that tells of this' })

/** What the one who reported keeps: enough to find the report and to show that it was not exchanged, and nothing of it. */
export const IncidentReceipt = z.object({
  id: idOf('incidents'),
  reference: z.string(),
  version: z.int(),
  status: IncidentStatus,
  ciphertext_sha256: digest,
  audit_receipt: auditReceipt,
})
export type IncidentReceipt = z.output<typeof IncidentReceipt>

/** Where an incident stands after a change. */
export const IncidentState = z.object({
  id: idOf('incidents'),
  version: z.int(),
  status: IncidentStatus,
  case_id: idOf('cases').nullable(),
})
export type IncidentState = z.output<typeof IncidentState>

/** The JSON schema of a schema, to be put inside another. */
export const shapeOf = (schema: z.ZodType) =>
  Object.fromEntries(Object.entries(z.toJSONSchema(schema)).filter(([name]) => name !== '$schema'))

/** What was sealed goes out as it is: it was checked when it came, and the lists of codes may have changed since. */
const kept = <S extends z.ZodType>(schema: S, documented: z.ZodType = schema) =>
  secretOf(z.custom<z.output<S>>().meta(shapeOf(documented))).nullable()

const listed = {
  id: idOf('incidents'),
  reference: z.string(),
  version: z.int(),
  status: IncidentStatus,
  received_on: z.string(),
  submitted_by: idOf('users'),
  case_id: idOf('cases').nullable(),
  facts: kept(IncidentFacts, FactsOutline),
}

export const IncidentPage = pageOf(z.object(listed))
export type IncidentPage = z.output<typeof IncidentPage>

export const IncidentQuery = PageQuery.extend({
  status: IncidentStatus.optional(),
  received_from: Day.optional(),
  received_to: Day.optional(),
  case_id: idOf('cases').optional(),
  submitted_by: z.literal('me').optional(),
  kind: IncidentKind.optional(),
  country: termCode('countries').optional(),
  violation: termCode('violation_types').optional(),
})
export type IncidentQuery = z.output<typeof IncidentQuery>

export const SupplementNarrative = z.strictObject({
  account: z.string().min(1).max(20_000),
  language: termCode('languages').optional(),
})
export type SupplementNarrative = z.output<typeof SupplementNarrative>

export const NewSupplement = z.strictObject({ narrative: secretOf(SupplementNarrative) })
export type NewSupplement = z.output<typeof NewSupplement>

export const SupplementReceipt = z.object({
  id: idOf('incident_supplements'),
  ciphertext_sha256: digest,
  audit_receipt: auditReceipt,
  incident_version: z.int(),
  incident_status: IncidentStatus,
})
export type SupplementReceipt = z.output<typeof SupplementReceipt>

/** The intake's word to the one who reported: a question, or why the report was rejected. */
export const NoticeNarrative = z.strictObject({
  text: z.string().min(1).max(2_000).optional(),
  reason_code: termCode('triage_rejections').optional(),
})
export type NoticeNarrative = z.output<typeof NoticeNarrative>

const author_signature = z.enum(['valid', 'missing']).meta({
  description:
    'Whether it carries the signature of a confirmed member; without, anybody with the database may have written it',
})

/** A column is null when the reader's keys do not open it. */
export const Incident = z.object({
  ...listed,
  triaged_by: idOf('users').nullable(),
  triaged_on: z.string().nullable(),
  author_signature,
  signed_by: idOf('users').nullable().meta({ description: 'The author, or who graded it since' }),
  identity: kept(IncidentIdentity),
  narrative: kept(IncidentNarrative),
  legal: kept(IncidentLegal),
  supplements: z.array(
    z.object({
      id: idOf('incident_supplements'),
      received_on: z.string(),
      submitted_by: idOf('users'),
      author_signature,
      narrative: kept(SupplementNarrative),
    }),
  ),
  notices: z.array(
    z.object({
      id: idOf('incident_notices'),
      kind: z.enum(['question', 'rejection']),
      sent_on: z.string(),
      sent_by: idOf('users'),
      author_signature,
      narrative: kept(NoticeNarrative),
    }),
  ),
})
export type Incident = z.output<typeof Incident>

export const Triage = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accept'), case_id: idOf('cases').optional() }),
  z.strictObject({ decision: z.literal('return'), question: secretText(2_000) }),
  z.strictObject({
    decision: z.literal('reject'),
    reason_code: termCode('triage_rejections'),
    note: secretText(2_000).optional(),
  }),
])
export type Triage = z.output<typeof Triage>

export const CaseLink = z.strictObject({ case_id: idOf('cases') })
export type CaseLink = z.output<typeof CaseLink>

export const NewVerification = z
  .strictObject({ grade: termCode('verification_grades'), standard: z.enum(verificationStandards).optional() })
  .refine(({ grade, standard }) => grade !== 'verified' || standard !== undefined, {
    path: ['standard'],
    message: 'is needed of what is verified',
  })
export type NewVerification = z.output<typeof NewVerification>
