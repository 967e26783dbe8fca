import { type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { Answer } from './schema.ts'

/** `is_walled_off`: a wall keeps the asking user out of the case that answered. */
export type AnswerRow = Selectable<Tables['conflict_answers']> & { readonly is_walled_off: boolean }

const answer = sealing('conflict_answers', { facts: column('facts', Answer) })

export async function insertAnswer(
  act: Act<'conflict.answer'>,
  row: Omit<AnswerRow, 'seal_version' | 'facts' | 'is_walled_off'>,
  { access, facts }: { access: RecordAccess; facts: Secret<Answer> },
): Promise<void> {
  const sealed = answer.seal(act, { ...row, seal_version: 1 }, { access, values: { facts } })
  await act.db
    .insertInto('conflict_answers')
    .values({ ...row, ...sealed })
    .execute()
}

export function listAnswers(act: Act, ids: readonly Id<'conflict_questions'>[]): Promise<AnswerRow[]> {
  return act.db
    .selectFrom('conflict_answers as a')
    .selectAll('a')
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('case_walls as w')
            .select('w.user_id')
            .whereRef('w.case_id', '=', 'a.case_id')
            .where('w.user_id', '=', act.actor.id),
        )
        .$castTo<boolean>()
        .as('is_walled_off'),
    )
    .where(sql<boolean>`a.question_id = any(${ids}::uuid[])`)
    .execute()
}

export function revealAnswers(act: Act, rows: readonly Granted<Action, AnswerRow>[]) {
  return answer.revealEach(act, rows)
}
