import { type Selectable } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { UrgentFacts, UrgentNarrative } from './schema.ts'

/** A request as it lies; whether the asking user works on the case, and at which version they saw it last (0: never). */
export type UrgentRow = Selectable<Tables['urgent_requests']> & {
  readonly is_on_team: boolean
  readonly seen_version: number
}

type Filling = {
  readonly access: RecordAccess
  readonly values: { readonly facts: Secret<UrgentFacts>; readonly narrative: Secret<UrgentNarrative> }
}

const contents = sealing('urgent_requests', {
  narrative: column('narrative', UrgentNarrative),
  facts: column('facts', UrgentFacts),
})

type NewRow = Pick<UrgentRow, 'id' | 'case_id' | 'organisation_id' | 'due_at' | 'asked_by' | 'asked_on'>

export async function insertRequest(act: Act<'urgent.ask'>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('urgent_requests')
    .values({ ...row, ...sealed })
    .execute()
}

/** What a user may look for: a wall around a case keeps its requests behind it too. */
function requestsFor(db: Reader, userId: Id<'users'>) {
  return db
    .selectFrom('urgent_requests as u')
    .leftJoin('case_members as m', (on) => on.onRef('m.case_id', '=', 'u.case_id').on('m.user_id', '=', userId))
    .leftJoin('urgent_sightings as s', (on) => on.onRef('s.request_id', '=', 'u.id').on('s.user_id', '=', userId))
    .selectAll('u')
    .select(({ eb, fn, val }) => [
      eb('m.user_id', 'is not', null).$castTo<boolean>().as('is_on_team'),
      fn.coalesce('s.version', val(0)).as('seen_version'),
    ])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_walls as w')
            .select('w.user_id')
            .whereRef('w.case_id', '=', 'u.case_id')
            .where('w.user_id', '=', userId),
        ),
      ),
    )
}

export function findRequest(act: Act, id: Id<'urgent_requests'>): Promise<UrgentRow | undefined> {
  return requestsFor(act.db, act.actor.id).where('u.id', '=', id).executeTakeFirst()
}

type Wanted = {
  readonly of: { readonly case_id: Id<'cases'> } | { readonly organisation_id: Id<'organisations'> }
  readonly every: boolean
  readonly status?: UrgentRow['status'] | undefined
  readonly after: DayCursor | undefined
  readonly limit: number
}

/** Newest first: of a case, or those of an organisation that the user works on or, with `every`, all. */
export function listRequests(
  { db, actor }: Pick<Act, 'db' | 'actor'> | { readonly db: Reader; readonly actor: Act['actor'] },
  { of, every, status, ...slice }: Wanted,
): Promise<UrgentRow[]> {
  let rows = requestsFor(db, actor.id)
  rows =
    'case_id' in of
      ? rows.where('u.case_id', '=', of.case_id)
      : rows.where('u.organisation_id', '=', of.organisation_id)
  if (!every) rows = rows.where('m.user_id', 'is not', null)
  if (status !== undefined) rows = rows.where('u.status', '=', status)
  return newestFirst(rows, 'u.asked_on', slice).execute()
}

export function revealRequests(act: Act, rows: readonly Granted<Action, UrgentRow>[]) {
  return contents.revealEach(act, rows)
}

/** Answers it, under the next seal version. False when somebody was faster. */
export async function markAnswered(
  act: Act<'urgent.answer'>,
  found: Granted<'urgent.answer', UrgentRow>,
  { answered_on, ...filling }: Filling & { readonly answered_on: string },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  const sealed = contents.seal(act, { ...found, seal_version }, filling)
  const answered = { status: 'answered', answered_by: act.actor.id, answered_on } as const
  const next = { ...sealed, ...answered, seal_version, version: found.version + 1 }
  return changedAt(found, act.db.updateTable('urgent_requests').set(next).where('status', '=', 'open'))
}

export async function markWithdrawn(
  act: Act<'urgent.withdraw'>,
  found: Granted<'urgent.withdraw', UrgentRow>,
): Promise<boolean> {
  act.concerns('urgent_requests', found.id)
  const next = { status: 'withdrawn', version: found.version + 1 } as const
  return changedAt(found, act.db.updateTable('urgent_requests').set(next).where('status', '=', 'open'))
}

export async function upsertSighting(
  act: Act<'urgent.read' | 'urgent.ask' | 'urgent.answer'>,
  { id, version }: { readonly id: Id<'urgent_requests'>; readonly version: number },
  seen_on: string,
): Promise<void> {
  await act.db
    .insertInto('urgent_sightings')
    .values({ request_id: id, user_id: act.actor.id, version, seen_on })
    .onConflict((conflict) => conflict.columns(['request_id', 'user_id']).doUpdateSet({ version, seen_on }))
    .execute()
}

export async function listSightings(db: Reader, ids: readonly Id<'urgent_requests'>[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('urgent_sightings')
    .selectAll()
    .where('request_id', 'in', ids)
    .orderBy('seen_on')
    .orderBy('user_id')
    .execute()
}

/** The coded part of what was answered between these days. */
export async function revealAnswered(
  act: Act,
  rows: readonly Granted<Action, UrgentRow>[],
): Promise<Secret<UrgentFacts>[]> {
  return (await contents.revealFacts(act, rows)).flatMap(({ facts }) => facts ?? [])
}

export function listAnswered(
  act: Act,
  organisationId: Id<'organisations'>,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<UrgentRow[]> {
  return requestsFor(act.db, act.actor.id)
    .where('u.organisation_id', '=', organisationId)
    .where('u.status', '=', 'answered')
    .where('u.answered_on', '>=', from)
    .where('u.answered_on', '<=', to)
    .execute()
}
