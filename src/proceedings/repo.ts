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
import { ProceedingLegal, STEPS_MAX } from './schema.ts'

const secrets = sealing('proceedings', { legal: column('legal', ProceedingLegal) })

export type ProceedingRow = Selectable<Tables['proceedings']>

export async function insertProceeding(
  act: Act<'proceeding.add'>,
  found: WorkingCase,
  legal: Secret<ProceedingLegal>,
): Promise<{ id: Id<'proceedings'>; recorded_on: string }> {
  const home = { id: newId('proceedings'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: found.held }])
  const recorded_on = dayOf(act.services.now())
  await act.db
    .insertInto('proceedings')
    .values({
      ...home,
      case_id: found.id,
      recorded_by: act.actor.id,
      recorded_on,
      ...secrets.seal(act, home, { access, values: { legal } }),
    })
    .execute()
  return { id: home.id, recorded_on }
}

export function findProceeding(act: Act, id: Id<'proceedings'>): Promise<ProceedingRow | undefined> {
  return act.db.selectFrom('proceedings').selectAll().where('id', '=', id).executeTakeFirst()
}

export function listProceedings(act: Act, caseId: Id<'cases'>): Promise<ProceedingRow[]> {
  return act.db
    .selectFrom('proceedings')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('recorded_on')
    .orderBy('id')
    .limit(STEPS_MAX)
    .execute()
}

/** False when the row is not at `version`. */
export async function updateProceeding(
  act: Act<'proceeding.change'>,
  found: Granted<'proceeding.change', ProceedingRow>,
  { version, legal }: { version: number; legal: Secret<ProceedingLegal> },
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('proceedings').set({
      version: version + 1,
      seal_version: home.seal_version,
      ...secrets.seal(act, home, { access, values: { legal } }),
    }),
  )
}

export function revealProceedings(act: Act, rows: readonly Granted<Action, ProceedingRow>[]) {
  return secrets.revealEach(act, rows)
}
