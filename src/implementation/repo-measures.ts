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
import { MeasureLegal } from './schema.ts'

const secrets = sealing('measures', { legal: column('legal', MeasureLegal) })

export type MeasureRow = Selectable<Tables['measures']>

type New = Pick<MeasureRow, 'decision_id'> & { readonly legal: Secret<MeasureLegal> }

export async function insertMeasure(act: Act<'decision.record'>, found: WorkingCase, { legal, ...of }: New) {
  const home = { id: newId('measures'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: found.held }])
  const stamp = { ...of, case_id: found.id, recorded_by: act.actor.id, recorded_on: dayOf(act.services.now()) }
  await act.db
    .insertInto('measures')
    .values({ ...home, ...stamp, ...secrets.seal(act, home, { access, values: { legal } }) })
    .execute()
  return { id: home.id, ...stamp, version: 1 }
}

export function findMeasure(act: Act, id: Id<'measures'>): Promise<MeasureRow | undefined> {
  return act.db.selectFrom('measures').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listMeasures(act: Act, decisionIds: readonly Id<'decisions'>[]): Promise<MeasureRow[]> {
  if (decisionIds.length === 0) return []
  return act.db
    .selectFrom('measures')
    .selectAll()
    .where('decision_id', 'in', decisionIds)
    .orderBy('recorded_on')
    .orderBy('id')
    .execute()
}

type Update = { readonly version: number; readonly legal: Secret<MeasureLegal> }

/** False when the row is not at `version`. */
export async function updateMeasure(
  act: Act<'decision.record'>,
  found: Granted<'decision.record', MeasureRow>,
  { version, legal }: Update,
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  const sealed = secrets.seal(act, home, { access, values: { legal } })
  const next = { version: version + 1, seal_version: home.seal_version, ...sealed }
  return changedAt({ id: found.id, version }, act.db.updateTable('measures').set(next))
}

export function revealMeasures(act: Act, rows: readonly Granted<Action, MeasureRow>[]) {
  return secrets.revealEach(act, rows)
}
