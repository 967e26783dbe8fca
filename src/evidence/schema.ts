import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { PageQuery, pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

/** The largest file that is taken: 5 GiB. */
export const FILE_BYTES_MAX = 5 * 1024 ** 3

const text = (max: number) => z.string().trim().min(1).max(max)
const media = z
  .string()
  .max(100)
  .regex(/^[a-z]+\/[a-z0-9.+-]+$/)

export const UploadPath = z.strictObject({ id: idOf('uploads') })
export const EvidencePath = z.strictObject({ id: idOf('evidence_items') })
export const CaseEvidencePath = z.strictObject({ id: idOf('cases') })
export const EvidenceQuery = PageQuery

/** Why a file is wanted in which the scanner found something. */
export const Despite = z.enum(['analysis', 'false_alarm', 'only_copy', 'case_archive'])
export const ContentQuery = z.strictObject({ despite: Despite.optional() })
export type ContentQuery = z.output<typeof ContentQuery>

export const EvidenceIdentity = z.strictObject({ file_name: text(255), source: text(500).optional() })
export type EvidenceIdentity = z.output<typeof EvidenceIdentity>

export const EvidenceNarrative = z.strictObject({ how_obtained: text(5_000), note: text(5_000).optional() })
export type EvidenceNarrative = z.output<typeof EvidenceNarrative>

export const EvidenceFacts = z.strictObject({
  kind: termCode('evidence_kinds'),
  media,
  obtained_on: z.iso.date().optional(),
})
export type EvidenceFacts = z.output<typeof EvidenceFacts>

/** What the file itself is, and how its pieces open. */
const pinned = z.strictObject({ first: z.int(), chunks: z.int(), prefix: z.string() })
export const UploadContent = z.strictObject({
  key: z.string(),
  size: z.int(),
  sha256: z.string().optional(),
  pieces: z.array(pinned).optional(),
})
export type UploadContent = z.output<typeof UploadContent>

export const EvidenceContent = z.strictObject({
  key: z.string(),
  size: z.int(),
  sha256: z.string(),
  salt: z.string(),
  pieces: z.array(pinned),
})
export type EvidenceContent = z.output<typeof EvidenceContent>

export const NewEvidence = z.strictObject({
  upload_id: idOf('uploads'),
  identity: secretOf(EvidenceIdentity),
  narrative: secretOf(EvidenceNarrative),
  facts: secretOf(EvidenceFacts),
})
export type NewEvidence = z.output<typeof NewEvidence>

/** What is said of a file of a report when it becomes evidence. */
export const NewEvidenceOfReport = NewEvidence.omit({ upload_id: true })
export type NewEvidenceOfReport = z.output<typeof NewEvidenceOfReport>

export const ScanState = z.enum(['not_configured', 'clean', 'found', 'failed'])
export type ScanState = z.output<typeof ScanState>

const heading = {
  id: idOf('evidence_items'),
  case_id: idOf('cases'),
  derived_from: idOf('evidence_items').nullable(),
  received_by: idOf('users'),
  received_on: z.iso.date(),
  scan: ScanState,
  commitment: z.string().meta({ description: 'SHA-256 over a salt and the hash of the file: opens with both' }),
}

/** The answer to receiving: no content, so that what is kept of it for repeats tells nothing. */
export const EvidenceReceipt = z.object(heading)

// What was sealed goes out as it is: the lists of codes may have changed since.
const factsAsSealed = z.object({ kind: z.string(), media: z.string(), obtained_on: z.string().optional() })

const fileFigures = z.object({ size: z.int(), sha256: z.string(), salt: z.string() })

/** A class is null for a reader who was not given its key. */
export const Evidence = z.object({
  ...heading,
  identity: secretOf(EvidenceIdentity).nullable(),
  narrative: secretOf(EvidenceNarrative).nullable(),
  facts: secretOf(factsAsSealed).nullable(),
  content: secretOf(fileFigures).nullable(),
})
export const EvidencePage = pageOf(Evidence)

const CustodyKind = z.enum(['received', 'derived', 'viewed', 'copied', 'exported', 'handed_over'])

export const CustodyNarrative = z.strictObject({
  kind: CustodyKind,
  at: z.iso.datetime(),
  despite: Despite.optional(),
  copy_id: idOf('evidence_items').optional(),
  /** Of what came with a report: which, and who had sent it when. */
  incident_id: idOf('incidents').optional(),
  sent_by: idOf('users').optional(),
  sent_on: z.iso.date().optional(),
  to: text(500).optional(),
  note: text(2_000).optional(),
})
export type CustodyNarrative = z.output<typeof CustodyNarrative>

/** What a person notes. That something was received or viewed is noted when it happens. */
export const NewCustody = z.strictObject({
  narrative: secretOf(
    z.strictObject({
      kind: z.enum(['copied', 'exported', 'handed_over']),
      to: text(500).optional(),
      note: text(2_000).optional(),
    }),
  ),
})
export type NewCustody = z.output<typeof NewCustody>

const CustodyHeading = {
  id: idOf('custody_events'),
  item_id: idOf('evidence_items'),
  noted_by: idOf('users'),
  noted_on: z.iso.date(),
}
export const CustodyReceipt = z.object(CustodyHeading)
export const CustodyChain = z.object({
  items: z.array(z.object({ ...CustodyHeading, narrative: secretOf(CustodyNarrative).nullable() })),
})

export const ReportPath = z.strictObject({ id: idOf('incidents') })
export const IncidentFilePath = z.strictObject({ id: idOf('incident_files') })

export const IncidentFileIdentity = z.strictObject({ file_name: text(255) })
export type IncidentFileIdentity = z.output<typeof IncidentFileIdentity>
export const IncidentFileNarrative = z.strictObject({ note: text(2_000).optional() })
export type IncidentFileNarrative = z.output<typeof IncidentFileNarrative>

export const NewIncidentFile = z.strictObject({
  upload_id: idOf('uploads'),
  identity: secretOf(IncidentFileIdentity),
  narrative: secretOf(IncidentFileNarrative),
})
export type NewIncidentFile = z.output<typeof NewIncidentFile>

const fileHeading = {
  id: idOf('incident_files'),
  incident_id: idOf('incidents'),
  sent_on: z.iso.date(),
  scan: ScanState,
}
export const IncidentFileReceipt = z.object({
  ...fileHeading,
  commitment: heading.commitment,
  audit_receipt: idOf('audit_events'),
})
export const IncidentFileList = z.object({
  items: z.array(
    z.object({
      ...fileHeading,
      sent_by: idOf('users'),
      author_signature: z.enum(['valid', 'missing']),
      identity: secretOf(IncidentFileIdentity).nullable(),
      narrative: secretOf(IncidentFileNarrative).nullable(),
      content: secretOf(fileFigures).nullable(),
    }),
  ),
})
