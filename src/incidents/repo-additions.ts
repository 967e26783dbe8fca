import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { signWriting, type Writing } from '../platform/operation/authorship.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { hashOf, type IncidentRow } from './repo.ts'
import { NoticeNarrative, SupplementNarrative } from './schema-replies.ts'

export type SupplementRow = Selectable<Tables['incident_supplements']>
export type NoticeRow = Selectable<Tables['incident_notices']>

export const supplementText = sealing('incident_supplements', { narrative: column('narrative', SupplementNarrative) })
export const noticeText = sealing('incident_notices', { narrative: column('narrative', NoticeNarrative) })

type Home<T extends string> = {
  readonly id: Id<T>
  readonly organisation_id: Id<'organisations'>
  readonly seal_version: number
}

/** What their authors' signatures are over: a word to one report is not to be moved to another. */
export const supplementWriting = (row: Lying<SupplementRow>): Writing => writing('incident_supplements', row)
export const noticeWriting = (row: Lying<NoticeRow>): Writing => writing('incident_notices', row)

type Lying<R extends SupplementRow | NoticeRow> = Pick<
  R,
  'id' | 'organisation_id' | 'seal_version' | 'incident_id' | 'narrative'
>

function writing(table: Writing['table'], row: Lying<SupplementRow> | Lying<NoticeRow>): Writing {
  const { id, organisation_id, seal_version, incident_id, narrative } = row
  return { table, id, organisation_id, seal_version, about: incident_id, ciphertext_sha256: hashOf({ narrative }) }
}

/** The ciphertext hash of what was inserted. */
export async function insertSupplement(
  act: Act<'incident.supplement'>,
  incident: Granted<'incident.supplement', IncidentRow>,
  supplement: { home: Home<'incident_supplements'>; access: RecordAccess; narrative: Secret<SupplementNarrative> },
): Promise<string> {
  const { home, access, narrative } = supplement
  const sealed = supplementText.seal(act, home, { access, values: { narrative } })
  const row = { ...home, ...sealed, incident_id: incident.id }
  await act.db
    .insertInto('incident_supplements')
    .values({
      ...row,
      signature: signWriting(act, supplementWriting(row)),
      submitted_by: act.actor.id,
      received_on: dayOf(act.services.now()),
    })
    .execute()
  return hashOf(sealed)
}

export async function insertNotice(
  act: Act<'incident.triage'>,
  incident: Granted<'incident.triage', IncidentRow>,
  notice: {
    home: Home<'incident_notices'>
    kind: NoticeRow['kind']
    access: RecordAccess
    narrative: Secret<NoticeNarrative>
  },
): Promise<void> {
  const { home, kind, access, narrative } = notice
  const row = { ...home, ...noticeText.seal(act, home, { access, values: { narrative } }), incident_id: incident.id }
  await act.db
    .insertInto('incident_notices')
    .values({
      ...row,
      signature: signWriting(act, noticeWriting(row)),
      kind,
      sent_by: act.actor.id,
      sent_on: dayOf(act.services.now()),
    })
    .execute()
}

/** All that was added to one incident, oldest first. There are at most a few dozen: `supplements_max`, and a notice each. */
export function listSupplements(act: Act, incident: IncidentRow): Promise<SupplementRow[]> {
  return act.db
    .selectFrom('incident_supplements')
    .selectAll()
    .where('incident_id', '=', incident.id)
    .orderBy('received_on')
    .orderBy('id')
    .execute()
}

export function listNotices(act: Act, incident: IncidentRow): Promise<NoticeRow[]> {
  return act.db
    .selectFrom('incident_notices')
    .selectAll()
    .where('incident_id', '=', incident.id)
    .orderBy('sent_on')
    .orderBy('id')
    .execute()
}

/** The files of one incident, which the module evidence keeps: their keys go where the incident's go. */
export async function listFileIds(act: Act, incident: IncidentRow): Promise<Id<'incident_files'>[]> {
  const rows = await act.db.selectFrom('incident_files').select('id').where('incident_id', '=', incident.id).execute()
  return rows.map(({ id }) => id)
}

export async function countSupplements(act: Act, incident: IncidentRow): Promise<number> {
  const { supplements } = await act.db
    .selectFrom('incident_supplements')
    .select(({ fn }) => fn.countAll<string>().as('supplements'))
    .where('incident_id', '=', incident.id)
    .executeTakeFirstOrThrow()
  return Number(supplements)
}

/** The keyrings that open the whole incident: the intake's, or its case's. */
export async function findReadingKeyrings(act: Act, incident: IncidentRow): Promise<Id<'keyrings'>[]> {
  const rows = await act.db
    .selectFrom('record_keys')
    .select('keyring_id')
    .where('record_id', '=', incident.id)
    .where('part', '=', 'record')
    .execute()
  return rows.map(({ keyring_id }) => keyring_id)
}
