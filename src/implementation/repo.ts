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
import { DECISIONS_MAX, DecisionLegal } from './schema.ts'

const secrets = sealing('decisions', { legal: column('legal', DecisionLegal) })

export type DecisionRow = Selectable<Tables['decisions']>

type New = Pick<DecisionRow, 'complaint_id'> & { readonly legal: Secret<DecisionLegal> }

export async function insertDecision(act: Act<'decision.record'>, found: WorkingCase, { legal, ...of }: New) {
  const home = { id: newId('decisions'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: found.held }])
  const stamp = { ...of, case_id: found.id, recorded_by: act.actor.id, recorded_on: dayOf(act.services.now()) }
  await act.db
    .insertInto('decisions')
    .values({ ...home, ...stamp, ...secrets.seal(act, home, { access, values: { legal } }) })
    .execute()
  return { id: home.id, ...stamp, version: 1 }
}

export function findDecision(act: Act, id: Id<'decisions'>): Promise<DecisionRow | undefined> {
  return act.db.selectFrom('decisions').selectAll().where('id', '=', id).executeTakeFirst()
}

export function listDecisions(act: Act, caseId: Id<'cases'>): Promise<DecisionRow[]> {
  return act.db
    .selectFrom('decisions')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('recorded_on')
    .orderBy('id')
    .limit(DECISIONS_MAX)
    .execute()
}

const BOARD_MOST = 2_000

/** The decisions of all cases that a user is on the team of. */
export function listMine(act: Act<'board.read'>): Promise<DecisionRow[]> {
  return act.db
    .selectFrom('decisions as d')
    .innerJoin('case_members as m', 'm.case_id', 'd.case_id')
    .selectAll('d')
    .where('m.user_id', '=', act.actor.id)
    .orderBy('d.id')
    .limit(BOARD_MOST)
    .execute()
}

type Update = { readonly version: number; readonly legal: Secret<DecisionLegal> }

/** False when the row is not at `version`. */
export async function updateDecision(
  act: Act<'decision.record'>,
  found: Granted<'decision.record', DecisionRow>,
  { version, legal }: Update,
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  const sealed = secrets.seal(act, home, { access, values: { legal } })
  const next = { version: version + 1, seal_version: home.seal_version, ...sealed }
  return changedAt({ id: found.id, version }, act.db.updateTable('decisions').set(next))
}

export function revealDecisions(act: Act, rows: readonly Granted<Action, DecisionRow>[]) {
  return secrets.revealEach(act, rows)
}
