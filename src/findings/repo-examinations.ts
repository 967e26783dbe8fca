import type { Selectable } from 'kysely'
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
import { ExaminationFacts, ExaminationIdentity, ExaminationNarrative } from './schema-examination.ts'

export type ExaminationRow = Selectable<Tables['examinations']>
export type ExaminationContents = {
  readonly identity: Secret<ExaminationIdentity>
  readonly narrative: Secret<ExaminationNarrative>
  readonly facts: Secret<ExaminationFacts>
}
type Filling = { readonly access: RecordAccess; readonly values: ExaminationContents }

const contents = sealing('examinations', {
  identity: column('identity', ExaminationIdentity),
  narrative: column('narrative', ExaminationNarrative),
  facts: column('facts', ExaminationFacts),
})

type NewRow = Pick<ExaminationRow, 'id' | 'case_id' | 'organisation_id' | 'recorded_by' | 'recorded_on'>

export async function insertExamination(act: Act<'examination.record'>, row: NewRow, filling: Filling): Promise<void> {
  const sealed = contents.seal(act, { ...row, seal_version: 1 }, filling)
  await act.db
    .insertInto('examinations')
    .values({ ...row, ...sealed })
    .execute()
}

export function findExamination(db: Reader, id: Id<'examinations'>): Promise<ExaminationRow | undefined> {
  return db.selectFrom('examinations').selectAll().where('id', '=', id).executeTakeFirst()
}

type Wanted = { readonly case_id: Id<'cases'>; readonly after?: DayCursor | undefined; readonly limit: number }

/** Newest first. */
export function listExaminations(db: Reader, { case_id, ...slice }: Wanted): Promise<ExaminationRow[]> {
  const rows = db.selectFrom('examinations').selectAll().where('case_id', '=', case_id)
  return newestFirst(rows, 'recorded_on', slice).execute()
}

/** False when the row is no longer at `version`. */
export async function updateExamination(
  act: Act<'examination.change'>,
  found: Granted<'examination.change', ExaminationRow>,
  { version, ...filling }: Filling & { readonly version: number },
): Promise<boolean> {
  const seal_version = found.seal_version + 1
  return changedAt(
    { id: found.id, version },
    act.db
      .updateTable('examinations')
      .set({ version: version + 1, seal_version, ...contents.seal(act, { ...found, seal_version }, filling) }),
  )
}

export function revealExaminations(act: Act, rows: readonly Granted<Action, ExaminationRow>[]) {
  return contents.revealEach(act, rows)
}
