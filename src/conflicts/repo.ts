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
import { AskedParties } from './schema.ts'

export type QuestionRow = Omit<Selectable<Tables['conflict_questions']>, 'identity'>
export type OpenQuestion = Selectable<Tables['conflict_questions']> & { readonly keyring_id: Id<'keyrings'> }
/** `is_walled_off`: a wall keeps the asking user out of the case. */
export type OverseenQuestion = QuestionRow & { readonly waiting_for: number; readonly is_walled_off: boolean }
type Heading = Pick<QuestionRow, 'id' | 'case_id' | 'organisation_id' | 'asked_by' | 'asked_on'>

const QUESTIONS_MOST = 200
const OPEN_MOST = 20

const plain = ['id', 'case_id', 'organisation_id', 'seal_version', 'asked_by', 'asked_on', 'is_open'] as const
const question = sealing('conflict_questions', { identity: column('identity', AskedParties) })

export async function insertQuestion(
  act: Act<'conflict.ask'>,
  row: Heading,
  { access, identity }: { access: RecordAccess; identity: Secret<AskedParties> },
): Promise<void> {
  const sealed = question.seal(act, { ...row, seal_version: 1 }, { access, values: { identity } })
  await act.db
    .insertInto('conflict_questions')
    .values({ ...row, ...sealed })
    .execute()
}

/** How often somebody asked since a day, and how often a case was asked for on it. One at a time asks. */
export async function countAsked(act: Act<'conflict.ask'>, of: { case_id: Id<'cases'>; since: string; today: string }) {
  await act.db.selectFrom('users').select('id').where('id', '=', act.actor.id).forNoKeyUpdate().execute()
  const { by_asker, of_case } = await act.db
    .selectFrom('conflict_questions')
    .select(({ fn }) => [
      fn
        .countAll<string>()
        .filterWhere('asked_by', '=', act.actor.id)
        .filterWhere('asked_on', '>', of.since)
        .as('by_asker'),
      fn
        .countAll<string>()
        .filterWhere('case_id', '=', of.case_id)
        .filterWhere('asked_on', '=', of.today)
        .as('of_case'),
    ])
    .where('organisation_id', '=', act.actor.organisationId)
    .executeTakeFirstOrThrow()
  return { by_asker: Number(by_asker), of_case: Number(of_case) }
}

export function listQuestions(db: Reader, caseId: Id<'cases'>): Promise<QuestionRow[]> {
  return db
    .selectFrom('conflict_questions')
    .select(plain)
    .where('case_id', '=', caseId)
    .orderBy('asked_on', 'desc')
    .orderBy('id', 'desc')
    .limit(QUESTIONS_MOST)
    .execute()
}

type Eb = ExpressionBuilder<Tables & { q: Tables['conflict_questions'] }, 'q'>

/** The cases whose answer is awaited: those of the organisation that were there when the question was asked. */
const awaited = (eb: Eb) =>
  eb
    .selectFrom('cases as other')
    .whereRef('other.organisation_id', '=', 'q.organisation_id')
    .whereRef('other.id', '<>', 'q.case_id')
    .whereRef('other.opened_on', '<=', 'q.asked_on')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('conflict_answers as a')
            .select('a.id')
            .whereRef('a.question_id', '=', 'q.id')
            .whereRef('a.case_id', '=', 'other.id'),
        ),
      ),
    )

/** Questions of the organisation, the newest first, for whoever coordinates. */
export async function listOverseen(act: Act<'conflict.oversee'>): Promise<OverseenQuestion[]> {
  const rows = await act.db
    .selectFrom('conflict_questions as q')
    .select(plain.map((name) => `q.${name}` as const))
    .select((eb) => [
      awaited(eb)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('waiting_for'),
      eb
        .exists(
          eb
            .selectFrom('case_walls as w')
            .select('w.user_id')
            .whereRef('w.case_id', '=', 'q.case_id')
            .where('w.user_id', '=', act.actor.id),
        )
        .$castTo<boolean>()
        .as('is_walled_off'),
    ])
    .where('q.organisation_id', '=', act.actor.organisationId)
    .orderBy('q.asked_on', 'desc')
    .orderBy('q.id', 'desc')
    .limit(QUESTIONS_MOST)
    .execute()
  return rows.map((row) => ({ ...row, waiting_for: row.is_open ? Number(row.waiting_for) : 0 }))
}

/** Open questions that the actor has cases to answer for; those that somebody is answering just now are left to them. */
export function claimOpenQuestions(act: Act<'conflict.answer'>): Promise<OpenQuestion[]> {
  return act.db
    .selectFrom('conflict_questions as q')
    .innerJoin('cases as c', 'c.id', 'q.case_id')
    .selectAll('q')
    .select('c.keyring_id')
    .where('q.organisation_id', '=', act.actor.organisationId)
    .where('q.is_open', '=', true)
    .where((eb) => eb.exists(seatedAmong(eb, act.actor.id).select('other.id')))
    .orderBy('q.asked_on')
    .orderBy('q.id')
    .limit(OPEN_MOST)
    .forUpdate('q')
    .skipLocked()
    .execute()
}

const seatedAmong = (eb: Eb, userId: Id<'users'>) =>
  awaited(eb).where(({ exists, selectFrom }) =>
    exists(
      selectFrom('case_members as seat')
        .select('seat.case_id')
        .whereRef('seat.case_id', '=', 'other.id')
        .where('seat.user_id', '=', userId),
    ),
  )

/** The actor's cases that have not answered these questions, as pairs. */
export function listUnanswered(act: Act<'conflict.answer'>, ids: readonly Id<'conflict_questions'>[], limit: number) {
  return act.db
    .selectFrom('conflict_questions as q')
    .innerJoin('cases as other', (on) =>
      on
        .onRef('other.organisation_id', '=', 'q.organisation_id')
        .onRef('other.id', '<>', 'q.case_id')
        .onRef('other.opened_on', '<=', 'q.asked_on'),
    )
    .innerJoin('case_members as seat', (on) =>
      on.onRef('seat.case_id', '=', 'other.id').on('seat.user_id', '=', act.actor.id),
    )
    .leftJoin('conflict_answers as a', (on) =>
      on.onRef('a.question_id', '=', 'q.id').onRef('a.case_id', '=', 'other.id'),
    )
    .select(['q.id as question_id', 'other.id as case_id'])
    .where('a.id', 'is', null)
    .where(sql<boolean>`q.id = any(${ids}::uuid[])`)
    .orderBy('other.id')
    .orderBy('q.id')
    .limit(limit)
    .execute()
}

/** What was asked is wiped from the questions that every case has answered. */
export async function closeAnswered(
  act: Act<'conflict.answer' | 'conflict.ask'>,
  ids: readonly Id<'conflict_questions'>[],
): Promise<void> {
  const closed = await act.db
    .updateTable('conflict_questions as q')
    .set({ is_open: false, identity: null })
    .where(sql<boolean>`q.id = any(${ids}::uuid[])`)
    .where('q.is_open', '=', true)
    .where((eb) => eb.not(eb.exists(awaited(eb).select('other.id'))))
    .returning('q.id')
    .execute()
  if (closed.length === 0) return
  const gone = closed.map(({ id }) => id)
  await act.db.deleteFrom('record_keys').where('record_id', 'in', gone).execute()
}

export function revealQuestions(act: Act, rows: readonly Granted<Action, OpenQuestion>[]) {
  return question.revealEach(act, rows)
}
