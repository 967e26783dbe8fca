import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import { sha256 } from '../platform/crypto/code.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { type AuthorSignature, checkAuthors, signWriting, type Writing } from '../platform/operation/authorship.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { EvidenceContent, IncidentFileIdentity, IncidentFileNarrative } from './schema.ts'

/** A file of a report, with the case that the report is linked to. */
export type IncidentFileRow = Selectable<Tables['incident_files']> & { readonly case_id: Id<'cases'> | null }

const contents = sealing('incident_files', {
  identity: column('identity', IncidentFileIdentity),
  narrative: column('narrative', IncidentFileNarrative),
  content: column('narrative', EvidenceContent),
})

type Values = {
  readonly identity: Secret<IncidentFileIdentity>
  readonly narrative: Secret<IncidentFileNarrative>
  readonly content: Secret<EvidenceContent>
}
type NewRow = Omit<IncidentFileRow, 'seal_version' | 'signature' | 'case_id' | keyof Values>
type Filling = { readonly access: RecordAccess; readonly values: Values }

export async function insertIncidentFile(act: Act<'incident.attach'>, row: NewRow, filling: Filling): Promise<void> {
  const home = { ...row, seal_version: 1 }
  const sealed = contents.seal(act, home, filling)
  const signature = signWriting(act, writingOf({ ...home, ...sealed }))
  await act.db
    .insertInto('incident_files')
    .values({ ...row, ...sealed, signature })
    .execute()
}

type Lying = Omit<IncidentFileRow, 'signature' | 'case_id'>

/** What the sender's signature is over: a file of one report is not to be moved to another. */
function writingOf({ id, organisation_id, seal_version, incident_id, identity, narrative, content }: Lying): Writing {
  const ciphertext_sha256 = sha256(...Object.entries({ identity, narrative, content }).flat()).toString('hex')
  return { table: 'incident_files', id, organisation_id, seal_version, about: incident_id, ciphertext_sha256 }
}

export function checkSenders(
  act: Act,
  rows: readonly IncidentFileRow[],
): Promise<ReadonlyMap<string, AuthorSignature>> {
  return checkAuthors(
    act,
    rows.map((row) => ({ ...writingOf(row), signed_by: row.sent_by, signature: row.signature })),
  )
}

const filesOf = (act: Act) =>
  act.db
    .selectFrom('incident_files as f')
    .innerJoin('incidents as i', 'i.id', 'f.incident_id')
    .selectAll('f')
    .select('i.case_id')

/** Held until the act ends, so that one file becomes evidence once. */
export function findIncidentFile(act: Act, id: Id<'incident_files'>): Promise<IncidentFileRow | undefined> {
  return filesOf(act).where('f.id', '=', id).forUpdate('f').executeTakeFirst()
}

/** There are at most a few: an author adds no more than the limit. */
export function listIncidentFiles(act: Act, incidentId: Id<'incidents'>): Promise<IncidentFileRow[]> {
  return filesOf(act).where('f.incident_id', '=', incidentId).orderBy('f.sent_on').orderBy('f.id').execute()
}

export function revealIncidentFiles(act: Act, rows: readonly Granted<Action, IncidentFileRow>[]) {
  return contents.revealEach(act, rows)
}

/** The way to the key of the file through the report ends here. */
export async function deleteIncidentFile(act: Act, file: Granted<'evidence.receive', IncidentFileRow>): Promise<void> {
  act.concerns('incident_files', file.id)
  await act.db.deleteFrom('record_keys').where('record_id', '=', file.id).execute()
  await act.db.deleteFrom('incident_files').where('id', '=', file.id).execute()
}
