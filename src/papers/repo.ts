import { type Selectable, sql } from 'kysely'
import type { Granted } from '../platform/access/policy.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import { changedAt } from '../platform/database/changed.ts'
import type { Reader } from '../platform/database/database.ts'
import { newestFirst } from '../platform/database/newest-first.ts'
import type { DayCursor } from '../platform/database/page.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { column, sealing } from '../platform/operation/sealing.ts'
import type { RecordAccess } from '../platform/operation/session.ts'
import { type PaperKind, PaperText } from './schema.ts'

export type PaperRow = Selectable<Tables['papers']>

const contents = sealing('papers', { narrative: column('narrative', PaperText) })

type Filling = { readonly access: RecordAccess; readonly values: { readonly narrative: Secret<PaperText> } }

export async function insertPaper(
  act: Act<'paper.write'>,
  row: Omit<PaperRow, 'narrative'>,
  filling: Filling,
): Promise<void> {
  await act.db
    .insertInto('papers')
    .values({ ...row, ...contents.seal(act, row, filling) })
    .execute()
}

export function findPaper(db: Reader, id: Id<'papers'>): Promise<PaperRow | undefined> {
  return db.selectFrom('papers').selectAll().where('id', '=', id).executeTakeFirst()
}

type Wanted = {
  readonly case_id: Id<'cases'>
  readonly kind: PaperKind | undefined
  readonly after: DayCursor | undefined
  readonly limit: number
}

/** The papers of a case, newest first. */
export function listPapers(db: Reader, { case_id, kind, ...slice }: Wanted): Promise<PaperRow[]> {
  let rows = db.selectFrom('papers').selectAll().where('case_id', '=', case_id)
  if (kind !== undefined) rows = rows.where('kind', '=', kind)
  return newestFirst(rows, 'written_on', slice).execute()
}

/** What a user has to do, the most pressing first, in cases that the user is on the team of. */
export function listTasksOf(db: Reader, userId: Id<'users'>, limit: number): Promise<PaperRow[]> {
  return db
    .selectFrom('papers as p')
    .innerJoin('case_members as m', (on) => on.onRef('m.case_id', '=', 'p.case_id').on('m.user_id', '=', userId))
    .selectAll('p')
    .where('p.assignee_id', '=', userId)
    .where('p.is_done', '=', false)
    .orderBy(sql`p.due_on asc nulls last`)
    .orderBy('p.id')
    .limit(limit)
    .execute()
}

/** Whether somebody is on the team of a case. */
export async function isSeated(db: Reader, caseId: Id<'cases'>, userId: Id<'users'>): Promise<boolean> {
  const seat = await db
    .selectFrom('case_members')
    .select('user_id')
    .where('case_id', '=', caseId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return seat !== undefined
}

export function revealPapers(act: Act, rows: readonly Granted<Action, PaperRow>[]) {
  return contents.revealEach(act, rows)
}

type Changed = Pick<PaperRow, 'due_on' | 'assignee_id' | 'is_done'>

/** Writes a paper anew, as the version after `version`. False when it is not at that version. */
export async function updatePaper(
  act: Act<'paper.change'>,
  found: Granted<'paper.change', PaperRow>,
  { version, row, filling }: { readonly version: number; readonly row: Changed; readonly filling: Filling },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  const sealed = contents.seal(act, { ...found, seal_version }, filling)
  return changedAt(
    { id: found.id, version },
    act.db.updateTable('papers').set({ ...row, ...sealed, seal_version, version: version + 1 }),
  )
}
