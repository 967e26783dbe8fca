import type { Selectable } from 'kysely'
import type { WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { LetterLegal } from './schema.ts'

const secrets = sealing('complaint_letters', { legal: column('legal', LetterLegal) })

export type LetterRow = Selectable<Tables['complaint_letters']>

type New = { readonly complaint_id: Id<'complaints'>; readonly legal: Secret<LetterLegal> }

export async function insertLetter(act: Act<'complaint.record'>, found: WorkingCase, { complaint_id, legal }: New) {
  const home = { id: newId('complaint_letters'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: found.held }])
  const stamp = { complaint_id, recorded_by: act.actor.id, recorded_on: dayOf(act.services.now()) }
  await act.db
    .insertInto('complaint_letters')
    .values({ ...home, ...stamp, case_id: found.id, ...secrets.seal(act, home, { access, values: { legal } }) })
    .execute()
  return { id: home.id, ...stamp, version: 1 }
}

export function findLetter(act: Act, id: Id<'complaint_letters'>): Promise<LetterRow | undefined> {
  return act.db.selectFrom('complaint_letters').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listLetters(act: Act, complaintIds: readonly Id<'complaints'>[]): Promise<LetterRow[]> {
  if (complaintIds.length === 0) return []
  return act.db
    .selectFrom('complaint_letters')
    .selectAll()
    .where('complaint_id', 'in', complaintIds)
    .orderBy('recorded_on')
    .orderBy('id')
    .execute()
}

/** False when the row is not at `version`. */
export async function updateLetter(
  act: Act<'complaint.record'>,
  found: Granted<'complaint.record', LetterRow>,
  { version, legal }: { version: number; legal: Secret<LetterLegal> },
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('complaint_letters').set({
      version: version + 1,
      seal_version: home.seal_version,
      ...secrets.seal(act, home, { access, values: { legal } }),
    }),
  )
}

export function revealLetters(act: Act, rows: readonly Granted<Action, LetterRow>[]) {
  return secrets.revealEach(act, rows)
}
