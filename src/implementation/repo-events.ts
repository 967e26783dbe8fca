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
import { EventLegal } from './schema.ts'

const secrets = sealing('implementation_events', { legal: column('legal', EventLegal) })

export type EventRow = Selectable<Tables['implementation_events']>

type New = Pick<EventRow, 'decision_id' | 'measure_id'> & { readonly legal: Secret<EventLegal> }

export async function insertEvent(act: Act<'decision.record'>, found: WorkingCase, { legal, ...of }: New) {
  const home = { id: newId('implementation_events'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: found.held }])
  const stamp = { ...of, case_id: found.id, recorded_by: act.actor.id, recorded_on: dayOf(act.services.now()) }
  await act.db
    .insertInto('implementation_events')
    .values({ ...home, ...stamp, ...secrets.seal(act, home, { access, values: { legal } }) })
    .execute()
  return { id: home.id, ...stamp, version: 1, is_void: false }
}

export function findEvent(act: Act, id: Id<'implementation_events'>): Promise<EventRow | undefined> {
  return act.db.selectFrom('implementation_events').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listEvents(act: Act, decisionIds: readonly Id<'decisions'>[]): Promise<EventRow[]> {
  if (decisionIds.length === 0) return []
  return act.db
    .selectFrom('implementation_events')
    .selectAll()
    .where('decision_id', 'in', decisionIds)
    .orderBy('recorded_on')
    .orderBy('id')
    .execute()
}

type Update = { readonly version: number; readonly legal: Secret<EventLegal>; readonly is_void: boolean }

/** False when the row is not at `version`. */
export async function updateEvent(
  act: Act<'decision.record'>,
  found: Granted<'decision.record', EventRow>,
  { version, legal, is_void }: Update,
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  const sealed = secrets.seal(act, home, { access, values: { legal } })
  const next = { is_void, version: version + 1, seal_version: home.seal_version, ...sealed }
  return changedAt({ id: found.id, version }, act.db.updateTable('implementation_events').set(next))
}

export function revealEvents(act: Act, rows: readonly Granted<Action, EventRow>[]) {
  return secrets.revealEach(act, rows)
}
