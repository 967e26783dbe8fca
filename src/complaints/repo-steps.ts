import type { Selectable } from 'kysely'
import type { WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import { revealTo, type Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { readersOf } from './readers.ts'
import { StepFacts, StepLegal } from './schema.ts'

export const secrets = sealing('complaint_steps', {
  legal: column('legal', StepLegal),
  facts: column('facts', StepFacts),
})

const withFacts = (legal: Secret<StepLegal>) => ({
  legal,
  facts: revealTo(legal, ({ step, outcome }) => ({ step, outcome })),
})

export type StepRow = Selectable<Tables['complaint_steps']>

type New = { readonly complaint_id: Id<'complaints'>; readonly legal: Secret<StepLegal> }

export async function insertStep(act: Act<'complaint.record'>, found: WorkingCase, { complaint_id, legal }: New) {
  const home = { id: newId('complaint_steps'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, await readersOf(act, found))
  const stamp = { complaint_id, recorded_by: act.actor.id, recorded_on: dayOf(act.services.now()) }
  await act.db
    .insertInto('complaint_steps')
    .values({ ...home, ...stamp, case_id: found.id, ...secrets.seal(act, home, { access, values: withFacts(legal) }) })
    .execute()
  return { id: home.id, ...stamp, version: 1, is_void: false }
}

export function findStep(act: Act, id: Id<'complaint_steps'>): Promise<StepRow | undefined> {
  return act.db.selectFrom('complaint_steps').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listSteps(act: Act, complaintIds: readonly Id<'complaints'>[]): Promise<StepRow[]> {
  if (complaintIds.length === 0) return []
  return act.db
    .selectFrom('complaint_steps')
    .selectAll()
    .where('complaint_id', 'in', complaintIds)
    .orderBy('recorded_on')
    .orderBy('id')
    .execute()
}

type Update = { readonly version: number; readonly is_void: boolean; readonly legal: Secret<StepLegal> }

/** False when the row is not at `version`. */
export async function updateStep(
  act: Act<'complaint.record'>,
  found: Granted<'complaint.record', StepRow>,
  { version, is_void, legal }: Update,
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('complaint_steps').set({
      is_void,
      version: version + 1,
      seal_version: home.seal_version,
      ...secrets.seal(act, home, { access, values: withFacts(legal) }),
    }),
  )
}

export function revealSteps(act: Act, rows: readonly Granted<Action, StepRow>[]) {
  return secrets.revealEach(act, rows)
}
