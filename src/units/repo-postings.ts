import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { PostingFacts } from './schema.ts'

export type PostingRow = Selectable<Tables['unit_postings']>
/** `is_reached`: the asking user is on the team of its case. */
export type ReachedPosting = PostingRow & { readonly is_reached: boolean }

export const POSTINGS_MOST = 1_000
const CHUNK = 1_000

const posting = sealing('unit_postings', { facts: column('facts', PostingFacts) })

export async function insertPosting(
  act: Act<'posting.record'>,
  row: Omit<PostingRow, 'seal_version' | 'facts'>,
  { access, facts }: { access: RecordAccess; facts: Secret<PostingFacts> },
): Promise<void> {
  const sealed = posting.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('unit_postings')
    .values({ ...row, ...sealed })
    .execute()
}

export function listPostings(db: Reader, caseId: Id<'cases'>): Promise<PostingRow[]> {
  return db
    .selectFrom('unit_postings')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('recorded_on')
    .orderBy('id')
    .limit(POSTINGS_MOST)
    .execute()
}

export function findPosting(db: Reader, id: Id<'unit_postings'>): Promise<PostingRow | undefined> {
  return db.selectFrom('unit_postings').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function deletePosting(act: Act<'posting.end'>, row: Granted<'posting.end', PostingRow>): Promise<void> {
  act.concerns('unit_postings', row.id)
  await act.db.deleteFrom('record_keys').where('record_id', '=', row.id).execute()
  await act.db.deleteFrom('unit_postings').where('id', '=', row.id).execute()
}

/** Those of the actor's cases, in chunks, each after the last of the one before. */
export function listReachedPostings(act: Act, after: Id<'unit_postings'> | undefined): Promise<ReachedPosting[]> {
  return act.db
    .selectFrom('unit_postings')
    .selectAll()
    .select((eb) => isReached(eb, act.actor.id))
    .where((eb) => isReached(eb, act.actor.id).expression)
    .where('organisation_id', '=', act.actor.organisationId)
    .$if(after !== undefined, (query) => query.where(sql<boolean>`id > ${after}::uuid`))
    .orderBy('id')
    .limit(CHUNK)
    .execute()
}

const isReached = (eb: ExpressionBuilder<Tables, 'unit_postings'>, userId: Id<'users'>) =>
  eb
    .exists(
      eb
        .selectFrom('case_members as seat')
        .select('seat.case_id')
        .whereRef('seat.case_id', '=', 'unit_postings.case_id')
        .where('seat.user_id', '=', userId),
    )
    .$castTo<boolean>()
    .as('is_reached')

export async function revealPostings<R extends PostingRow>(act: Act, rows: readonly Granted<Action, R>[]) {
  return posting.revealEach(act, rows)
}

/** Whether a chunk was full, and more may follow. */
export const isFull = (rows: readonly unknown[]): boolean => rows.length === CHUNK
