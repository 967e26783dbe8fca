import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import type { Act } from '../platform/operation/op.ts'
import type { RegisterEntry } from './schema.ts'

type Named = Pick<RegisterEntry, 'subject_id' | 'keyring_id' | 'records'>

/** Whether anything of what was erased is there again. */
export async function isBack(db: Reader, { subject_id, keyring_id, records }: Named): Promise<boolean> {
  const ids = [subject_id, ...records.map(({ record_id }) => record_id)]
  const any = sql<boolean>`id = any(${ids}::uuid[])`
  const back = await Promise.all([
    db.selectFrom('cases').select('id').where(any).executeTakeFirst(),
    db.selectFrom('incidents').select('id').where(any).executeTakeFirst(),
    db.selectFrom('persons').select('id').where(any).where('erased_on', 'is', null).executeTakeFirst(),
    db.selectFrom('uploads').select('id').where(any).executeTakeFirst(),
    db.selectFrom('keyrings').select('id').where('id', '=', keyring_id).executeTakeFirst(),
  ])
  return back.some((row) => row !== undefined)
}

/** The record of the erasure, as the register has it, in a database that may know nothing of it. */
export async function upsertDone(act: Act<'erasure.replay'>, entry: RegisterEntry): Promise<void> {
  const { erasure_id, kind, subject_id, decided_by, decided_on } = entry
  const { organisation_id, keyring_id, reference, ground, proposed_by, proposed_on } = entry
  const what = { id: erasure_id, organisation_id, kind, subject_id, keyring_id, reference, ground }
  const told = { proposed_by, proposed_on, decided_by, decided_on, not_before: decided_on }
  const row = { ...what, ...told, status: 'done' as const }
  act.concerns('erasures', erasure_id)
  await act.db
    .updateTable('erasures')
    .set({ status: 'withdrawn', decided_on, decided_by })
    .where('subject_id', '=', subject_id)
    .where('status', '=', 'proposed')
    .where('id', '!=', erasure_id)
    .execute()
  await act.db
    .insertInto('erasures')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}
