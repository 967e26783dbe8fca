import type { Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { openRecordKeys, renewRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { type ScanState, UploadContent } from './schema.ts'

export type UploadRow = Selectable<Tables['uploads']>

const contents = sealing('uploads', { identity: column('identity', UploadContent) })

type NewUpload = Pick<UploadRow, 'id' | 'organisation_id' | 'begun_on'>
type Filling = { readonly access: RecordAccess; readonly content: Secret<UploadContent> }

export async function insertUpload(act: Act<'upload.begin'>, row: NewUpload, { access, content }: Filling) {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, { access, values: { identity: content } })
  await act.db
    .insertInto('uploads')
    .values({ ...row, uploader_id: act.actor.id, ...sealed })
    .execute()
}

export async function countUploads(db: Reader, uploaderId: Id<'users'>): Promise<number> {
  const { open } = await db
    .selectFrom('uploads')
    .select(({ fn }) => fn.countAll<string>().as('open'))
    .where('uploader_id', '=', uploaderId)
    .executeTakeFirstOrThrow()
  return Number(open)
}

/** Held until the act ends, so that one file becomes evidence once. */
export function findUpload(act: Act, id: Id<'uploads'>): Promise<UploadRow | undefined> {
  return act.db.selectFrom('uploads').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function revealUpload(act: Act, upload: Granted<Action, UploadRow>) {
  const keys = await openRecordKeys(act, [upload.id])
  return contents.reveal(act, upload, keys.get(upload.id))
}

type Finish = { readonly content: Secret<UploadContent>; readonly scan: ScanState }

export async function finishUpload(
  act: Act,
  upload: Granted<'upload.inspect' | 'upload.continue', UploadRow>,
  { content, scan }: Finish,
): Promise<void> {
  const home = { ...upload, seal_version: upload.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  await act.db
    .updateTable('uploads')
    .set({
      is_finished: true,
      scan,
      seal_version: home.seal_version,
      ...contents.seal(act, home, { access, values: { identity: content } }),
    })
    .where('id', '=', upload.id)
    .execute()
}

/** The sender's way to the key of the file ends here. */
export async function deleteUpload(
  act: Act,
  upload: Granted<'upload.cancel' | 'evidence.receive' | 'incident.attach', UploadRow>,
): Promise<void> {
  act.concerns('uploads', upload.id)
  await act.db.deleteFrom('record_keys').where('record_id', '=', upload.id).execute()
  await act.db.deleteFrom('uploads').where('id', '=', upload.id).execute()
}

const FORGOTTEN_MOST = 1_000

/** Deletes what was begun before that day, and says what it was. Who makes evidence of one meanwhile was faster, or too late. */
export async function forgetOldUploads(act: Act<'upload.sweep'>, before: Date): Promise<Id<'uploads'>[]> {
  const rows = await act.db
    .deleteFrom('uploads')
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('uploads').select('id').where('begun_on', '<', dayOf(before)).limit(FORGOTTEN_MOST),
    )
    .returning('id')
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return ids
  await act.db.deleteFrom('record_keys').where('record_id', 'in', ids).execute()
  for (const id of ids) act.concerns('uploads', id)
  return ids
}
