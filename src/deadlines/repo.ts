import type { Selectable } from 'kysely'
import type { WorkingCase } from '../cases/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import { DEADLINES_MAX, type DeadlineReceipt, DeadlineLegal } from './schema.ts'

const AGENDA_MOST = 500

const secrets = sealing('deadlines', { legal: column('legal', DeadlineLegal) })

export type DeadlineRow = Selectable<Tables['deadlines']>
export type NewDay = {
  readonly kind: DeadlineReceipt['kind']
  readonly due_on: string
  readonly proceeding_id: Id<'proceedings'> | null
  readonly cause_id?: Id<string>
  readonly status?: DeadlineReceipt['status']
  readonly legal: Secret<DeadlineLegal>
}

export async function insertDeadline(
  act: Act,
  found: WorkingCase,
  { legal, ...day }: NewDay,
): Promise<Id<'deadlines'>> {
  const home = { id: newId('deadlines'), organisation_id: found.organisation_id, seal_version: 1 }
  const access = await createRecordKey(act, home, [{ part: 'record', heldAs: found.held }])
  await act.db
    .insertInto('deadlines')
    .values({
      ...home,
      ...day,
      case_id: found.id,
      set_by: act.actor.id,
      set_on: dayOf(act.services.now()),
      ...secrets.seal(act, home, { access, values: { legal } }),
    })
    .execute()
  return home.id
}

export function findDeadline(act: Act, id: Id<'deadlines'>): Promise<DeadlineRow | undefined> {
  return act.db.selectFrom('deadlines').selectAll().where('id', '=', id).executeTakeFirst()
}

export function listDeadlines(act: Act, caseId: Id<'cases'>): Promise<DeadlineRow[]> {
  return act.db
    .selectFrom('deadlines')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('due_on')
    .orderBy('id')
    .limit(DEADLINES_MAX)
    .execute()
}

/** Those that run from a step and are still open. */
export function listFollowing(act: Act<'proceeding.change'>, id: Id<'proceedings'>): Promise<DeadlineRow[]> {
  return act.db
    .selectFrom('deadlines')
    .selectAll()
    .where('proceeding_id', '=', id)
    .where('status', '=', 'open')
    .forUpdate()
    .execute()
}

/** Those of a case that run from these causes. */
export async function listOfCauses(
  act: Act,
  caseId: Id<'cases'>,
  causes: readonly Id<string>[],
): Promise<DeadlineRow[]> {
  if (causes.length === 0) return []
  return act.db
    .selectFrom('deadlines')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('cause_id', 'in', causes)
    .forUpdate()
    .execute()
}

/** The open ones of all cases that a user is on the team of. */
export function listMine(db: Reader, userId: Id<'users'>): Promise<DeadlineRow[]> {
  return db
    .selectFrom('deadlines as d')
    .innerJoin('case_members as m', 'm.case_id', 'd.case_id')
    .selectAll('d')
    .where('m.user_id', '=', userId)
    .where('d.status', '=', 'open')
    .orderBy('d.due_on')
    .orderBy('d.id')
    .limit(AGENDA_MOST)
    .execute()
}

type Update = {
  readonly version: number
  readonly status: DeadlineReceipt['status']
  readonly due_on: string
  readonly legal: Secret<DeadlineLegal>
}

/** False when the row is not at `version`. */
export async function updateDeadline(
  act: Act,
  found: Granted<'deadline.change' | 'proceeding.change', DeadlineRow>,
  { version, status, due_on, legal }: Update,
): Promise<boolean> {
  const home = { ...found, seal_version: found.seal_version + 1 }
  const access = await renewRecordKey(act, home)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('deadlines').set({
      status,
      due_on,
      version: version + 1,
      seal_version: home.seal_version,
      ...secrets.seal(act, home, { access, values: { legal } }),
    }),
  )
}

export function revealDeadlines(act: Act, rows: readonly Granted<Action, DeadlineRow>[]) {
  return secrets.revealEach(act, rows)
}
